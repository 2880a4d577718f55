using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Shouldly;

namespace Marketplace.Stratum.Tests;

public sealed class StratumLineReaderTests
{
    private const int MaxLineBytes = 64;
    private const int Connections = 1_000;

    private static readonly Gen<string> Line = Gen.Choose(0, MaxLineBytes - 2)
        .SelectMany(length => Gen.Elements('a', 'Z', '{', '"', ' ', '\r').ArrayOf(length))
        .Select(characters => new string(characters).TrimEnd('\r'));

    [Fact]
    public void Any_chunking_of_any_lines_gives_the_same_lines()
    {
        var cases =
            from lines in Line.ArrayOf()
            from lineEnd in Gen.Elements("\n", "\r\n")
            from chunks in Gen.Choose(1, 40).NonEmptyListOf()
            select (lines, lineEnd, chunks: chunks.ToArray());

        var sameLines = Prop.ForAll(
            cases.ToArbitrary(),
            given => Cut(string.Concat(given.lines.Select(line => line + given.lineEnd)), given.chunks)
                .SequenceEqual([.. given.lines.Select(line => $"Line:{line}"), "Closed:"]));
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(Connections), sameLines);
    }

    [Theory]
    [InlineData(MaxLineBytes - 1, "Line")]
    [InlineData(MaxLineBytes, "TooLong")]
    [InlineData(MaxLineBytes * 3, "TooLong")]
    public void A_line_is_too_long_by_its_length_and_not_by_its_chunks(int length, string expected)
    {
        foreach (var chunk in (int[])[1, 7, 63, 64, 65, 1000])
        {
            Cut(new string('x', length) + "\nnext\n", [chunk])[0].ShouldStartWith(expected);
        }
    }

    [Fact]
    public void A_line_without_an_end_is_too_long_as_soon_as_it_is() =>
        Cut(new string('x', MaxLineBytes), [10]).ShouldBe(["TooLong:"]);

    [Fact]
    public void A_line_that_was_not_finished_is_dropped_with_its_connection() =>
        Cut("whole\npart", [3]).ShouldBe(["Line:whole", "Closed:"]);

    [Fact]
    public async Task A_connection_that_breaks_is_closed_and_not_an_exception()
    {
        var pipe = new Pipe();
        await pipe.Writer.WriteAsync("one\ntwo"u8.ToArray(), TestContext.Current.CancellationToken);
        var reader = new StratumLineReader(pipe.Reader);

        (await reader.ReadAsync(TestContext.Current.CancellationToken)).Status.ShouldBe(LineStatus.Line);
        await pipe.Writer.CompleteAsync(new IOException("reset by peer"));

        (await reader.ReadAsync(TestContext.Current.CancellationToken)).Status.ShouldBe(LineStatus.Closed);
        (await reader.ReadAsync(TestContext.Current.CancellationToken)).Status.ShouldBe(LineStatus.Closed);
    }

    [Fact]
    public async Task Lines_that_came_together_are_read_without_waiting()
    {
        var pipe = new Pipe();
        await pipe.Writer.WriteAsync("one\ntwo\nthr"u8.ToArray(), TestContext.Current.CancellationToken);
        var reader = new StratumLineReader(pipe.Reader);

        await reader.ReadAsync(TestContext.Current.CancellationToken);
        reader.TryReadReceived(out var second).ShouldBeTrue();
        Encoding.UTF8.GetString(second.Bytes.Span).ShouldBe("two");
        reader.TryReadReceived(out _).ShouldBeFalse();
    }

    /// <summary>
    /// Sends the text in chunks of these sizes, over and over; every answer of the reader until it ends.
    /// </summary>
    private static List<string> Cut(string text, int[] chunkSizes)
    {
        var pipe = new Pipe(new PipeOptions(
            readerScheduler: PipeScheduler.Inline, writerScheduler: PipeScheduler.Inline, minimumSegmentSize: 16));
        var reader = new StratumLineReader(pipe.Reader, MaxLineBytes);
        var answers = new List<string>();
        var reading = ReadAllAsync(reader, answers);
        var bytes = Encoding.UTF8.GetBytes(text).AsMemory();
        for (var chunk = 0; !bytes.IsEmpty && !reading.IsCompleted; chunk++)
        {
            var size = Math.Min(chunkSizes[chunk % chunkSizes.Length], bytes.Length);
            pipe.Writer.Write(bytes.Span[..size]);
            Pushed(pipe.Writer.FlushAsync());
            bytes = bytes[size..];
        }

        pipe.Writer.Complete();
        reading.IsCompletedSuccessfully.ShouldBeTrue();
        return answers;
    }

    private static void Pushed(ValueTask<FlushResult> flush) => flush.IsCompletedSuccessfully.ShouldBeTrue();

    private static async Task ReadAllAsync(StratumLineReader reader, List<string> answers)
    {
        var status = LineStatus.Line;
        while (status == LineStatus.Line)
        {
            var line = await reader.ReadAsync(CancellationToken.None);
            answers.Add($"{line.Status}:{Encoding.UTF8.GetString(line.Bytes.Span)}");
            status = line.Status;
        }
    }
}
