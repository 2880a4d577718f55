using System.Net.Sockets;
using System.Text.Unicode;

namespace Marketplace.Benchmarks.Load;

/// <summary>The far end of a blind relay: says true to every line.</summary>
internal sealed class EchoPeer(Socket socket, LoadLoop loop) : LinePeer(socket, loop)
{
    protected override void OnLine(ReadOnlySpan<byte> line)
    {
        Span<byte> answer = stackalloc byte[128];
        Utf8.TryWrite(
            answer, $$"""{"id":{{long.Parse(IdOf(line))}},"result":true,"error":null}""" + $"\n", out var length);
        Send(answer[..length]);
    }
}
