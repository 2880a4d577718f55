namespace Marketplace.ServiceDefaults.Security;

/// <summary>
/// One process at a time makes keys in a folder; the kernel ends the turn of one that dies. To move a file only where
/// none is yet would be no guard: the framework looks first and renames afterwards.
/// </summary>
internal static class KeyFolderTurn
{
    private const string FileName = ".turn";

    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(60);

    /// <exception cref="IOException">Somebody else's turn lasted too long.</exception>
    public static async Task<IDisposable> TakeAsync(string directory, CancellationToken cancellationToken)
    {
        var startedAt = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                return new FileStream(
                    Path.Combine(directory, FileName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (TimeProvider.System.GetElapsedTime(startedAt) < LongestWait)
            {
                await Task.Delay(PollInterval, cancellationToken);
            }
        }
    }
}
