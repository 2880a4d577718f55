namespace Marketplace.ServiceDefaults.Loops;

/// <summary>Background work that runs until it is cancelled.</summary>
public interface ISupervisedLoop
{
    /// <summary>
    /// Runs until cancelled; whatever it throws, and an early return, is logged and it is started again.
    /// </summary>
    Task RunAsync(CancellationToken cancellationToken);
}
