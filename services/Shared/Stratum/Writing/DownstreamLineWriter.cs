using System.Buffers;
using Marketplace.Primitives;

namespace Marketplace.Stratum;

/// <summary>
/// Writes the lines a server sends to a worker, straight into the connection's buffer; the caller flushes. An id is raw
/// JSON as <see cref="StratumMessage.Id"/> gives it. Nothing here allocates, except for a difficulty, a message and an
/// error's text.
/// </summary>
/// <param name="output">The sending half of the connection.</param>
public sealed class DownstreamLineWriter(IBufferWriter<byte> output)
{
    public void True(ReadOnlySpan<byte> id) => Simple(id, "true"u8);

    /// <summary>The answer to a ping from the worker's side.</summary>
    public void Pong(ReadOnlySpan<byte> id) => Simple(id, "\"pong\""u8);

    /// <summary>The answer to <c>client.get_version</c>, should a worker ask.</summary>
    public void Version(ReadOnlySpan<byte> id, string name)
    {
        var line = Answer(id);
        line.Text(name);
        line.Raw(",\"error\":null}"u8);
        line.End();
    }

    public void Error(ReadOnlySpan<byte> id, StratumError error)
    {
        var line = Answer(id);
        line.Raw("null,\"error\":["u8);
        line.Number(error.Code);
        line.Raw(","u8);
        line.Text(error.Text);
        line.Raw(",null]}"u8);
        line.End();
    }

    /// <summary>The session id is what a worker may hand back to resume.</summary>
    public void SubscribeResult(
        ReadOnlySpan<byte> id, string sessionId, in Extranonce extranonce1, int extranonce2Bytes)
    {
        var line = Answer(id);
        line.Raw("[[[\"mining.set_difficulty\","u8);
        line.Text(sessionId);
        line.Raw("],[\"mining.notify\","u8);
        line.Text(sessionId);
        line.Raw("]],\""u8);
        line.Hex(extranonce1.Bytes);
        line.Raw("\","u8);
        line.Number(extranonce2Bytes);
        line.Raw("],\"error\":null}"u8);
        line.End();
    }

    /// <summary>Answers the extensions that were asked for and not one key more.</summary>
    public void ConfigureResult(ReadOnlySpan<byte> id, ConfigureRequest asked, ConfigureGrant granted)
    {
        var line = Answer(id);
        var separator = "{"u8;
        if (asked.AsksVersionRolling)
        {
            var mask = granted.VersionMask & asked.VersionRollingMask;
            line.Raw("{\"version-rolling\":"u8);
            line.Boolean(mask != 0);
            if (mask != 0)
            {
                line.Raw(",\"version-rolling.mask\":"u8);
                line.HexWord(mask);
            }

            separator = ","u8;
        }

        Grant(
            ref line, ref separator, asked.AsksMinimumDifficulty, "\"minimum-difficulty\":"u8,
            granted.MinimumDifficulty);
        Grant(
            ref line, ref separator, asked.AsksSubscribeExtranonce, "\"subscribe-extranonce\":"u8,
            granted.SubscribeExtranonce);
        Grant(ref line, ref separator, asked.AsksInfo, "\"info\":"u8, true);
        foreach (var extension in asked.UnknownExtensions)
        {
            line.Raw(separator);
            line.Text(extension);
            line.Raw(":false"u8);
            separator = ","u8;
        }

        line.Raw(separator is [(byte)'{'] ? "{}"u8 : "}"u8);
        line.Raw(",\"error\":null}"u8);
        line.End();
    }

    /// <summary>The seam's part of the coinbase goes out at the end of coinb1.</summary>
    public void Notify(DownstreamJob job, bool isClean)
    {
        var line = Method("mining.notify"u8);
        line.Text(job.IdUtf8);
        line.Raw(",\""u8);
        line.Hex(job.PoolJob.PreviousHash);
        line.Raw("\",\""u8);
        line.Hex(job.PoolJob.Coinbase1);
        line.Hex(job.Seam.Pool.Extranonce1.Bytes);
        line.Hex(job.Prefix.Bytes);
        line.Raw("\",\""u8);
        line.Hex(job.PoolJob.Coinbase2);
        line.Raw("\",["u8);
        Branches(ref line, job.PoolJob.MerkleBranches);
        line.Raw("],"u8);
        line.HexWord(job.PoolJob.Version);
        line.Raw(","u8);
        line.HexWord(job.PoolJob.NetworkBits);
        line.Raw(","u8);
        line.HexWord(job.NTime);
        line.Raw(","u8);
        line.Boolean(isClean);
        EndMethod(ref line);
    }

    /// <summary>Goes out right before a notify: some firmware counts rejections of its own otherwise.</summary>
    public void SetDifficulty(Difficulty difficulty)
    {
        var line = Method("mining.set_difficulty"u8);
        line.Raw(System.Text.Encoding.ASCII.GetBytes(difficulty.ToString()));
        EndMethod(ref line);
    }

    public void SetExtranonce(in Extranonce extranonce1, int extranonce2Bytes)
    {
        var line = Method("mining.set_extranonce"u8);
        line.Raw("\""u8);
        line.Hex(extranonce1.Bytes);
        line.Raw("\","u8);
        line.Number(extranonce2Bytes);
        EndMethod(ref line);
    }

    public void SetVersionMask(uint mask)
    {
        var line = Method("mining.set_version_mask"u8);
        line.HexWord(mask);
        EndMethod(ref line);
    }

    public void ShowMessage(string text)
    {
        var line = Method("client.show_message"u8);
        line.Text(text);
        EndMethod(ref line);
    }

    /// <summary>Asks the worker to connect again to where it is connected now.</summary>
    public void Reconnect()
    {
        var line = Method("client.reconnect"u8);
        EndMethod(ref line);
    }

    /// <summary>Keeps the line alive; the worker's answer carries this id.</summary>
    public void Ping(long id)
    {
        var line = new LineBuilder(output);
        line.Raw("{\"id\":"u8);
        line.Number(id);
        line.Raw(",\"method\":\"mining.ping\",\"params\":[]}"u8);
        line.End();
    }

    private static void Branches(ref LineBuilder line, ReadOnlySpan<byte> branches)
    {
        for (var quote = "\""u8; !branches.IsEmpty; branches = branches[Sha256Engine.HashBytes..])
        {
            line.Raw(quote);
            line.Hex(branches[..Sha256Engine.HashBytes]);
            line.Raw("\""u8);
            quote = ",\""u8;
        }
    }

    private static void Grant(
        ref LineBuilder line, scoped ref ReadOnlySpan<byte> separator,
        bool isAsked, ReadOnlySpan<byte> name, bool value)
    {
        if (isAsked)
        {
            line.Raw(separator);
            line.Raw(name);
            line.Boolean(value);
            separator = ","u8;
        }
    }

    private void Simple(ReadOnlySpan<byte> id, ReadOnlySpan<byte> result)
    {
        var line = Answer(id);
        line.Raw(result);
        line.Raw(",\"error\":null}"u8);
        line.End();
    }

    private LineBuilder Answer(ReadOnlySpan<byte> id)
    {
        var line = new LineBuilder(output);
        line.Raw("{\"id\":"u8);
        line.Raw(id.IsEmpty ? "null"u8 : id);
        line.Raw(",\"result\":"u8);
        return line;
    }

    private LineBuilder Method(ReadOnlySpan<byte> name)
    {
        var line = new LineBuilder(output);
        line.Raw("{\"id\":null,\"method\":\""u8);
        line.Raw(name);
        line.Raw("\",\"params\":["u8);
        return line;
    }

    private static void EndMethod(ref LineBuilder line)
    {
        line.Raw("]}"u8);
        line.End();
    }
}
