using System.Collections.Concurrent;

namespace Marketplace.HashrateProxy.Live;

/// <summary>How many live streams an organisation holds open on this node.</summary>
internal sealed class LiveSeats
{
    public const int MaxPerOrganisation = 50;

    private readonly ConcurrentDictionary<OrganisationId, int> _taken = new();

    /// <summary>A seat until it is disposed.</summary>
    /// <exception cref="BusinessRuleException"><c>live-streams-too-many</c></exception>
    public IDisposable Take(OrganisationId organisation)
    {
        if (_taken.AddOrUpdate(organisation, 1, (_, taken) => taken + 1) <= MaxPerOrganisation)
        {
            return new Seat(this, organisation);
        }

        Leave(organisation);
        throw new BusinessRuleException(
            "live-streams-too-many", $"At most {MaxPerOrganisation} live views can be followed at once; close some.");
    }

    private void Leave(OrganisationId organisation)
    {
        if (_taken.AddOrUpdate(organisation, 0, (_, taken) => taken - 1) == 0)
        {
            _taken.TryRemove(KeyValuePair.Create(organisation, 0));
        }
    }

    private sealed class Seat(LiveSeats seats, OrganisationId organisation) : IDisposable
    {
        private int _isLeft;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isLeft, 1) == 0)
            {
                seats.Leave(organisation);
            }
        }
    }
}
