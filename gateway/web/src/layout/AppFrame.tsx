import { Group } from '@mantine/core';
import { NavLink, Outlet } from 'react-router';
import { HeadWatchman } from '../heads/HeadWatchman';
import { AccountMenu } from '../session/AccountMenu';
import { useSession } from '../session/useSession';
import classes from './AppFrame.module.css';
import { ColorSchemeSwitch } from './ColorSchemeSwitch';

const PARTIES = ['renter', 'seller'];
const PAGES = [
  { to: '/listings', label: 'Listings', roles: null },
  { to: '/contracts', label: 'My contracts', roles: PARTIES },
  { to: '/rigs', label: 'My rigs', roles: ['seller'] },
  { to: '/ledger', label: 'Ledger', roles: ['finance'] },
];

export function AppFrame() {
  const { session } = useSession();
  const pages = PAGES.filter(
    ({ roles }) => roles === null || roles.some((role) => session?.roles.includes(role)),
  );
  const isParty = session?.roles.some((role) => PARTIES.includes(role)) ?? false;
  return (
    <>
      <a href="#main" className="skip-link">
        Skip to the page
      </a>
      <header className={classes.header}>
        <div className={classes.bar}>
          <NavLink
            to="/listings"
            className={classes.brand ?? ''}
            aria-label="Hashrate Marketplace, all listings"
          >
            <img src="/icon.svg" alt="" width={26} height={26} />
            <span>Hashrate Marketplace</span>
          </NavLink>
          <nav className={classes.navigation} aria-label="Pages">
            {pages.map(({ to, label }) => (
              <NavLink key={to} to={to} className={classes.link ?? ''}>
                {label}
              </NavLink>
            ))}
          </nav>
          <Group gap="xs" className={classes.end ?? ''}>
            <ColorSchemeSwitch />
            <AccountMenu />
          </Group>
        </div>
      </header>
      <main id="main" className={classes.main}>
        {isParty ? <HeadWatchman /> : null}
        <Outlet />
      </main>
    </>
  );
}
