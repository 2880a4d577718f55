using Marketplace.HashrateProxy.Downstream.Admission;
using Marketplace.HashrateProxy.Routing;
using Marketplace.HashrateProxy.Wire;
using Marketplace.Stratum;

namespace Marketplace.HashrateProxy.Downstream;

/// <summary>Ties a connection to the one rig it logs in to, under as many worker names as it has machines.</summary>
internal sealed class RigMembership(
    long key,
    WorkerHandshake handshake,
    LineOutbox<DownstreamLineWriter> outbox,
    FrontServices front,
    Action<ClosingReason> close)
{
    private RigRouter? _rig;

    /// <summary>The worker as its rig's router sees it; null until it has joined.</summary>
    public WorkerConnection? Worker { get; private set; }

    /// <summary>The rig it may hash for, joined or not.</summary>
    public RigRouter? Rig => _rig;

    /// <summary>Answers <c>mining.authorize</c>.</summary>
    /// <returns>Why the connection is to be closed; null where it stays.</returns>
    public ClosingReason? Authorize(in StratumMessage message)
    {
        if (!AuthorizeRequest.TryParse(message, out var asked)
            || front.Book.FindByLogin(RigLogin.Of(asked.User)) is not { } rig
            || (_rig is not null && _rig != rig)
            || !handshake.TryAddName(asked.User))
        {
            outbox.Append(message.Id, static (lines, id) => lines.Error(id, StratumError.Unauthorised));
            return null;
        }

        if (_rig is null && front.Door.TryEnter(rig.RigId, rig.SellerId) is { } limit)
        {
            outbox.Append(message.Id, static (lines, id) => lines.Error(id, StratumError.Unauthorised));
            return limit;
        }

        _rig = rig;
        handshake.Take(PasswordOptions.Parse(asked.Password));
        outbox.Append(message.Id, static (lines, id) => lines.True(id));
        return null;
    }

    /// <summary>
    /// Authorize may come before subscribe: the worker joins its rig, and gets its first job, when it has done both and
    /// every request it sent with them is answered.
    /// </summary>
    public void JoinWhenComplete()
    {
        if (Worker is null && _rig is { } rig && handshake.IsComplete)
        {
            var refit = new ExtranonceRefit(handshake, outbox, front, close);
            Worker = new WorkerConnection(key, handshake, refit, outbox, front.Records, front.Time)
            {
                WantedDifficulty = FirstDifficulty(rig),
            };
            rig.Join(Worker);
        }
    }

    /// <summary>A wish that comes once it works holds from its next job on.</summary>
    public void TakeSuggestion()
    {
        if (Worker is { } worker && handshake.SuggestedFor(_rig!.Algorithm) is not null)
        {
            worker.Suggest(FirstDifficulty(_rig));
        }
    }

    public void Leave()
    {
        if (_rig is not { } rig)
        {
            return;
        }

        front.Door.Leave(rig.RigId, rig.SellerId);
        if (Worker is { } worker)
        {
            rig.Leave(worker);
        }
    }

    private Difficulty FirstDifficulty(RigRouter rig) =>
        WorkerPace.First(rig.Nameplate, handshake.SuggestedFor(rig.Algorithm), rig.Algorithm);
}
