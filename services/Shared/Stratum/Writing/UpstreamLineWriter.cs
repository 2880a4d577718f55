using System.Buffers;
using System.Text;
using Marketplace.Primitives;

namespace Marketplace.Stratum;

/// <summary>
/// Writes the lines a client sends to a pool, straight into the connection's buffer; the caller flushes and numbers the
/// requests. A submit allocates nothing.
/// </summary>
/// <param name="output">The sending half of the connection.</param>
public sealed class UpstreamLineWriter(IBufferWriter<byte> output)
{
    /// <summary>Asks for version rolling alone: pools disagree most on the other extensions.</summary>
    public void Configure(long id, uint versionMask, int minBitCount)
    {
        var line = Request(id, "mining.configure"u8);
        line.Raw("[\"version-rolling\"],{\"version-rolling.mask\":"u8);
        line.HexWord(versionMask);
        line.Raw(",\"version-rolling.min-bit-count\":"u8);
        line.Number(minBitCount);
        line.Raw("}"u8);
        End(ref line);
    }

    /// <param name="id">Our number.</param>
    /// <param name="userAgent">Who we say we are.</param>
    /// <param name="sessionId">A session to resume; empty for a new one.</param>
    public void Subscribe(long id, string userAgent, string sessionId = "")
    {
        var line = Request(id, "mining.subscribe"u8);
        line.Text(userAgent);
        if (sessionId.Length > 0)
        {
            line.Raw(","u8);
            line.Text(sessionId);
        }

        End(ref line);
    }

    public void Authorize(long id, string user, string password)
    {
        var line = Request(id, "mining.authorize"u8);
        line.Text(user);
        line.Raw(","u8);
        line.Text(password);
        End(ref line);
    }

    /// <summary>Submits a share under the pool's own name for the job and for us.</summary>
    /// <param name="id">Our number.</param>
    /// <param name="userUtf8">The name authorised at this pool.</param>
    /// <param name="jobIdUtf8">The pool's job id.</param>
    /// <param name="extranonce2">All of the pool's extranonce2.</param>
    /// <param name="nTime">Seconds since 1970.</param>
    /// <param name="nonce">The nonce.</param>
    /// <param name="versionBits">Sent exactly when version rolling was agreed with this pool.</param>
    public void Submit(
        long id, ReadOnlySpan<byte> userUtf8, ReadOnlySpan<byte> jobIdUtf8, in Extranonce extranonce2,
        uint nTime, uint nonce, uint? versionBits)
    {
        var line = Request(id, "mining.submit"u8);
        line.Text(userUtf8);
        line.Raw(","u8);
        line.Text(jobIdUtf8);
        line.Raw(",\""u8);
        line.Hex(extranonce2.Bytes);
        line.Raw("\","u8);
        line.HexWord(nTime);
        line.Raw(","u8);
        line.HexWord(nonce);
        if (versionBits is { } bits)
        {
            line.Raw(","u8);
            line.HexWord(bits);
        }

        End(ref line);
    }

    public void SuggestDifficulty(long id, Difficulty difficulty)
    {
        var line = Request(id, "mining.suggest_difficulty"u8);
        line.Raw(Encoding.ASCII.GetBytes(difficulty.ToString()));
        End(ref line);
    }

    public void ExtranonceSubscribe(long id)
    {
        var line = Request(id, "mining.extranonce.subscribe"u8);
        End(ref line);
    }

    /// <summary>The answer to a pool's ping.</summary>
    public void Pong(ReadOnlySpan<byte> id) => Answer(id, "pong");

    /// <summary>The answer to <c>client.get_version</c>.</summary>
    public void Version(ReadOnlySpan<byte> id, string userAgent) => Answer(id, userAgent);

    private void Answer(ReadOnlySpan<byte> id, string text)
    {
        var line = new LineBuilder(output);
        line.Raw("{\"id\":"u8);
        line.Raw(id.IsEmpty ? "null"u8 : id);
        line.Raw(",\"result\":"u8);
        line.Text(text);
        line.Raw(",\"error\":null}"u8);
        line.End();
    }

    private LineBuilder Request(long id, ReadOnlySpan<byte> method)
    {
        var line = new LineBuilder(output);
        line.Raw("{\"id\":"u8);
        line.Number(id);
        line.Raw(",\"method\":\""u8);
        line.Raw(method);
        line.Raw("\",\"params\":["u8);
        return line;
    }

    private static void End(ref LineBuilder line)
    {
        line.Raw("]}"u8);
        line.End();
    }
}
