using System.Text;
using Marketplace.HashrateProxy.ShareLog;
using Marketplace.HashrateProxy.Upstreams;
using Marketplace.HashrateProxy.Wire;
using Marketplace.Stratum;

namespace Marketplace.HashrateProxy.Downstream;

/// <summary>
/// What a worker and we agreed on, in whatever order it asked: version bits, extranonce, names. It is answered at once
/// and nothing is sent between a request and its reply.
/// </summary>
internal sealed class WorkerHandshake(LineOutbox<DownstreamLineWriter> outbox, Extranonce extranonce1)
{
    /// <summary>Worker names on one connection: a farm's proxy may carry many machines.</summary>
    public const int MaxNames = 256;

    private readonly List<(byte[] Utf8, string Name)> _names = [];

    public string Firmware { get; private set; } = "";

    public FirmwareLayout Layout { get; private set; } = FirmwareLayout.Of("");

    /// <summary>Kept for as long as the connection lives.</summary>
    public Extranonce Extranonce1 => extranonce1;

    /// <summary>The version bits it may roll; fixed here for the connection's life.</summary>
    public uint VersionMask { get; private set; }

    public bool IsSubscribed { get; private set; }

    public bool IsComplete => IsSubscribed && _names.Count > 0;

    /// <summary>A difficulty it asked for, before its first job.</summary>
    public Difficulty? SuggestedDifficulty { get; private set; }

    public string FirstName => _names.Count > 0 ? _names[0].Name : "";

    public void Configure(in StratumMessage message)
    {
        if (!ConfigureRequest.TryParse(message, out var asked))
        {
            outbox.Append(message.Id, static (lines, id) => lines.Error(id, StratumError.Malformed));
            return;
        }

        VersionMask = asked.AsksVersionRolling ? asked.VersionRollingMask & PoolSession.WantedVersionMask : VersionMask;
        SuggestedDifficulty ??= asked.MinimumDifficulty;
        var grant = new ConfigureGrant(VersionMask, asked.MinimumDifficulty is not null, SubscribeExtranonce: true);
        var answer = new Answer<ConfigureRequest>(message.Id, asked, grant);
        outbox.Append(answer, static (lines, answer) => lines.ConfigureResult(answer.Id, answer.Value, answer.Grant));
    }

    public void Subscribe(in StratumMessage message)
    {
        Firmware = SubscribeRequest.Parse(message).UserAgent;
        Layout = FirmwareLayout.Of(Firmware);
        IsSubscribed = true;
        var answer = new Answer<WorkerHandshake>(message.Id, this, default);
        outbox.Append(answer, static (lines, answer) => lines.SubscribeResult(
            answer.Id,
            answer.Value.Extranonce1.ToString(),
            answer.Value.Extranonce1,
            answer.Value.Layout.Extranonce2Bytes));
    }

    /// <summary>Adds a name that its rig knows. False when it is too long or the connection carries too many.</summary>
    public bool TryAddName(string user)
    {
        var utf8 = Encoding.UTF8.GetBytes(user);
        var isKnown = _names.Exists(known => known.Name == user);
        if (!isKnown && (_names.Count >= MaxNames || utf8.Length > ShareRecord.MaxWorkerNameBytes))
        {
            return false;
        }

        if (!isKnown)
        {
            _names.Add((utf8, user));
        }

        return true;
    }

    public void Suggest(Difficulty difficulty) => SuggestedDifficulty = difficulty;

    /// <summary>The authorised name behind a submit, without making a string of it.</summary>
    public string? NameOf(ReadOnlySpan<byte> user)
    {
        foreach (var (utf8, name) in _names)
        {
            if (user.SequenceEqual(utf8))
            {
                return name;
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
