using Marketplace.Stratum;

namespace Marketplace.HashrateProxy.Upstreams;

/// <summary>Reads a pool's answer while its bytes are there.</summary>
internal delegate void AnswerReader(in StratumMessage answer);

/// <summary>One request of the handshake that waits for its answer.</summary>
/// <param name="id">Under which it was asked.</param>
/// <param name="read">Takes the answer in; throws when it is none to go on with.</param>
internal sealed class PoolQuestion(long id, AnswerReader read)
{
    private readonly TaskCompletionSource _answered = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Done once the answer is taken in; fails as its reader does.</summary>
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
