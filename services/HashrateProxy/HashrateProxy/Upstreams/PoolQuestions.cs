using Marketplace.HashrateProxy.Wire;
using Marketplace.Stratum;

namespace Marketplace.HashrateProxy.Upstreams;

/// <summary>Reads a pool's answer while its bytes are there.</summary>
internal delegate void AnswerReader(in StratumMessage answer);

/// <summary>
/// The requests of the handshake, one after the other: the feed stands still behind each answer, so that what comes
/// after it finds everything it needs.
/// </summary>
internal sealed class PoolQuestions(ILineFeed feed, LineOutbox<UpstreamLineWriter> outbox)
{
    public static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(10);

    private volatile Question? _question;

    /// <param name="id">To ask under.</param>
    /// <param name="step">What a failure is called by.</param>
    /// <param name="write">Writes the request.</param>
    /// <param name="read">Takes the answer in; throws when it is none to go on with.</param>
    /// <param name="reading">Ends when there will be no answer any more.</param>
    /// <exception cref="PoolRefusedException">There is no such answer.</exception>
    public async Task AskAsync(
        long id, string step, Action<UpstreamLineWriter> write, AnswerReader read, Task reading,
        CancellationToken cancellationToken)
    {
        var question = new Question(id, read);
        _question = question;
        outbox.Append(write, static (lines, write) => write(lines));
        try
        {
            await await Task.WhenAny(question.Answered, reading).WaitAsync(AnswerTimeout, cancellationToken);
        }
        catch (TimeoutException)
        {
            throw PoolRefusedException.SilentFor(AnswerTimeout);
        }

        if (!question.Answered.IsCompleted)
        {
            throw new PoolRefusedException(
                step, $"The pool closed the connection instead of answering mining.{step}.");
        }

        await question.Answered;
    }

    /// <summary>What the answer said has been taken in: on with the lines behind it.</summary>
    public void GoOn() => feed.Resume();

    /// <returns>False for any other message than the answer that is waited for.</returns>
    public bool TryTake(in StratumMessage message)
    {
        if (_question is not { } question || !question.IsAnsweredBy(message))
        {
            return false;
        }

        _question = null;
        question.Take(message);
        return true;
    }

    private sealed class Question(long id, AnswerReader read)
    {
        private readonly TaskCompletionSource _answered = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Answered => _answered.Task;

        public bool IsAnsweredBy(in StratumMessage message) =>
            message.Kind == MessageKind.Response && message.TryGetIdNumber(out var answered) && answered == id;

        public void Take(in StratumMessage answer)
        {
            try
            {
                read(answer);
                _answered.TrySetResult();
            }
            catch (PoolRefusedException refusal)
            {
                _answered.TrySetException(refusal);
            }
        }
    }
}
