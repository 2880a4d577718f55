using System.Net;
using System.Text;
using Marketplace.HashrateProxy.Upstreams;
using Marketplace.HashrateProxy.Wire;
using Marketplace.Stratum;
using Marketplace.Stratum.Proof;

namespace Marketplace.HashrateProxy.Downstream;

/// <summary>
/// What a worker and we agreed on, in whatever order it asked: version bits, extranonce, names, wishes. It is answered
/// at once and nothing is sent between a request and its reply.
/// </summary>
internal sealed class WorkerHandshake(
    LineOutbox<DownstreamLineWriter> outbox,
    Extranonce extranonce1,
    IPAddress address,
    SessionBook sessions,
    FirmwareBook firmwares)
{
    /// <summary>Worker names on one connection: a farm's proxy may carry many machines.</summary>
    public const int MaxNames = 256;

    private readonly List<(byte[] Utf8, string Name)> _names = [];
    private Difficulty? _suggestedDifficulty;
    private Target? _suggestedTarget;
    private Difficulty? _minimumDifficulty;
    private SessionPlace? _returnsTo;
    private bool _isMaskFixed;

    public string Firmware { get; private set; } = "";

    /// <summary>What it may hand back to get its extranonce again; empty until it subscribes.</summary>
    public string SessionId { get; private set; } = "";

    public PeerKind Peer => new(address, Firmware);

    /// <summary>
    /// Its extranonce: kept for as long as the connection lives, unless a pool leaves no room for it and the worker can
    /// be told another one.
    /// </summary>
    public SessionPlace Place { get; private set; } = new(extranonce1, firmwares.LayoutFor("")!);

    public Extranonce Extranonce1 => Place.Extranonce1;

    public FirmwareLayout Layout => Place.Layout;

    /// <summary>The version bits it may roll; fixed by its first request for them.</summary>
    public uint VersionMask { get; private set; }

    /// <summary>It said that it takes <c>mining.set_extranonce</c>.</summary>
    public bool TakesExtranonce { get; private set; }

    public bool IsSubscribed => SessionId.Length > 0;

    public bool IsComplete => IsSubscribed && _names.Count > 0;

    public string FirstName => _names.Count > 0 ? _names[0].Name : "";

    public int NameCount => _names.Count;

    /// <param name="message">The request.</param>
    /// <param name="grantableMask">The version bits that the pool it works for can take.</param>
    public void Configure(in StratumMessage message, uint grantableMask = PoolSession.WantedVersionMask)
    {
        if (!ConfigureRequest.TryParse(message, out var asked))
        {
            outbox.Append(message.Id, static (lines, id) => lines.Error(id, StratumError.Malformed));
            return;
        }

        if (asked.AsksVersionRolling && !_isMaskFixed)
        {
            VersionMask = asked.VersionRollingMask & grantableMask;
            _isMaskFixed = VersionMask != 0;
        }

        _minimumDifficulty = asked.MinimumDifficulty ?? _minimumDifficulty;
        TakesExtranonce |= asked.AsksSubscribeExtranonce;
        var grant = new ConfigureGrant(VersionMask, asked.MinimumDifficulty is not null, SubscribeExtranonce: true);
        var answer = new Answer<ConfigureRequest>(message.Id, asked, grant);
        outbox.Append(answer, static (lines, answer) => lines.ConfigureResult(answer.Id, answer.Value, answer.Grant));
    }

    /// <summary>The first subscription decides; a repeated one is told the same again.</summary>
    public void Subscribe(in StratumMessage message)
    {
        if (!IsSubscribed)
        {
            var asked = SubscribeRequest.Parse(message);
            Firmware = asked.UserAgent;
            Place = PlaceFor(firmwares.LayoutFor(Firmware)!);
            SessionId = SessionBook.NewId();
            if (sessions.TakeBack(asked.SessionId, Peer) is { } place)
            {
                (SessionId, Place) = (asked.SessionId.Length > 0 ? asked.SessionId : SessionId, place);
            }
        }

        var answer = new Answer<WorkerHandshake>(message.Id, this, default);
        outbox.Append(answer, static (lines, answer) => lines.SubscribeResult(
            answer.Id, answer.Value.SessionId, answer.Value.Extranonce1, answer.Value.Layout.Extranonce2Bytes));
    }

    public void SubscribeExtranonce() => TakesExtranonce = true;

    /// <summary>An extranonce that differs from every other it had by its lengths alone.</summary>
    public SessionPlace PlaceFor(FirmwareLayout layout, bool isRefit = false) =>
        new(new Extranonce(extranonce1.Bytes[..layout.Extranonce1Bytes]), layout, isRefit);

    /// <summary>The worker was told another extranonce, which holds from its next job on.</summary>
    public void Move(SessionPlace place) => Place = place;

    /// <summary>It is to have another extranonce when it has connected again.</summary>
    public void ReturnTo(SessionPlace place) => _returnsTo = place;

    /// <summary>The connection ends; one that comes back soon gets the same again.</summary>
    public void Keep()
    {
        if (IsSubscribed)
        {
            sessions.Keep(SessionId, _returnsTo ?? Place);
        }
    }

    /// <summary>Adds a name that its rig knows. False when it is too long or the connection carries too many.</summary>
    public bool TryAddName(string user)
    {
        var utf8 = Encoding.UTF8.GetBytes(user);
        var isKnown = _names.Exists(known => known.Name == user);
        if (!isKnown && (_names.Count >= MaxNames || utf8.Length > RecordLimits.NameBytes))
        {
            return false;
        }

        if (!isKnown)
        {
            _names.Add((utf8, user));
        }

        return true;
    }

    public void Take(PasswordOptions options)
    {
        _suggestedDifficulty = options.First ?? _suggestedDifficulty;
        _minimumDifficulty = options.Minimum ?? _minimumDifficulty;
    }

    public void Suggest(Difficulty difficulty) => (_suggestedDifficulty, _suggestedTarget) = (difficulty, null);

    public void Suggest(Target target) => (_suggestedDifficulty, _suggestedTarget) = (null, target);

    /// <summary>The difficulty it asked for last; a target means one only once its rig's algorithm is known.</summary>
    public Difficulty? SuggestedFor(Algorithm algorithm) =>
        _suggestedTarget is { } target ? Difficulty.OfTarget(target, algorithm) : _suggestedDifficulty;

    /// <summary>The minimum it asked for is kept to, as far as its pool's difficulty lets us.</summary>
    public Difficulty AtLeastMinimum(Difficulty difficulty) =>
        _minimumDifficulty is { } minimum && difficulty < minimum ? minimum : difficulty;

    public string NameAt(int number) => _names[number].Name;

    /// <summary>The number of the authorised name behind a submit; null where there is none.</summary>
    public int? NumberOf(ReadOnlySpan<byte> user)
    {
        for (var number = 0; number < _names.Count; number++)
        {
            if (user.SequenceEqual(_names[number].Utf8))
            {
                return number;
            }
        }

        return null;
    }

    private readonly ref struct Answer<TValue>(ReadOnlySpan<byte> id, TValue value, ConfigureGrant grant)
    {
        public ReadOnlySpan<byte> Id { get; } = id;

        public TValue Value { get; } = value;

        public ConfigureGrant Grant { get; } = grant;
    }
}
