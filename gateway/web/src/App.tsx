import { Navigate, Route, Routes } from 'react-router';
import { ContractPage } from './contracts/ContractPage';
import { ContractsPage } from './contracts/ContractsPage';
import { AppFrame } from './layout/AppFrame';
import { LedgerPage } from './ledger/LedgerPage';
import { ListingsPage } from './listings/ListingsPage';
import { OrderPage } from './renting/OrderPage';
import { RentPage } from './renting/RentPage';
import { RigPage } from './rigs/RigPage';
import { RigsPage } from './rigs/RigsPage';
import { RegisterPage } from './session/RegisterPage';
import { RequireRole } from './session/RequireRole';
import { SignInPage } from './session/SignInPage';

export function App() {
  return (
    <Routes>
      <Route element={<AppFrame />}>
        <Route path="/listings" element={<ListingsPage />} />
        <Route path="/sign-in" element={<SignInPage />} />
        <Route path="/register" element={<RegisterPage />} />
        <Route element={<RequireRole roles={['renter']} />}>
          <Route path="/listings/:listingId/rent" element={<RentPage />} />
          <Route path="/orders/:orderId" element={<OrderPage />} />
        </Route>
        <Route element={<RequireRole roles={['renter', 'seller']} />}>
          <Route path="/contracts" element={<ContractsPage />} />
          <Route path="/contracts/:contractId" element={<ContractPage />} />
        </Route>
        <Route element={<RequireRole roles={['seller']} />}>
          <Route path="/rigs" element={<RigsPage />} />
          <Route path="/rigs/:rigId" element={<RigPage />} />
        </Route>
        <Route element={<RequireRole roles={['finance']} />}>
          <Route path="/ledger" element={<LedgerPage />} />
        </Route>
        <Route path="*" element={<Navigate to="/listings" replace />} />
      </Route>
    </Routes>
  );
}
