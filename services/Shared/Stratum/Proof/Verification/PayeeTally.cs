using Marketplace.Primitives;
using Marketplace.Stratum.Coinbase;

namespace Marketplace.Stratum.Proof;

/// <summary>Whom the coinbases paid on which work was done.</summary>
public sealed class PayeeTally
{
    /// <summary>A pool that pays everybody in its coinbase changes them with every job.</summary>
    private const int MaxPayees = 1_000;

    private const string Unreadable = "(a coinbase that is no transaction)";
    private const string Nobody = "(outputs without an address)";

    private readonly PayoutAddress? _address;
    private readonly Dictionary<string, Work> _workByPayee = [];
    private PoolJob? _read;
    private string _mainPayee = Unreadable;
    private bool _pays;

    internal PayeeTally(PayoutAddress? address) => _address = address;

    /// <summary>Work by the address to which its coinbase paid the most.</summary>
    public IReadOnlyDictionary<string, Work> WorkByPayee => _workByPayee;

    /// <summary>Work whose coinbases pay the address that was asked for, with however small a part.</summary>
    public Work PayingWork { get; private set; }

    /// <returns>False when an address was asked for and this coinbase pays it nothing.</returns>
    internal bool Add(in PoolJobRecord job, Work work)
    {
        if (job.Job != _read)
        {
            Read(job);
        }

        var payee = _workByPayee.ContainsKey(_mainPayee) || _workByPayee.Count < MaxPayees ? _mainPayee : "(others)";
        _workByPayee[payee] = _workByPayee.GetValueOrDefault(payee) + work;
        PayingWork += _pays ? work : Work.Zero;
        return _pays || _address is null;
    }

    private void Read(in PoolJobRecord job)
    {
        (_read, _mainPayee, _pays) = (job.Job, Unreadable, false);
        if (!CoinbaseTransaction.TryRead(job.Job, job.Extranonce, out var coinbase))
        {
            return;
        }

        _pays = _address is not null && coinbase.AmountTo(_address) > 0;
        var network = _address?.Network ?? CoinNetwork.Of(job.Algorithm);
        _mainPayee = PayoutAddress.OfScript(coinbase.Outputs.MaxBy(output => output.Amount).Script.Span, network)?.Text
            ?? Nobody;
    }
}
