namespace Marketplace.PrivatePostgres;

/// <summary>At most one process uses a data folder; the kernel lets go of the lock when that process dies.</summary>
public sealed class DataFolderLock : IDisposable
{
    private const string FileName = "lock";

    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(100);

    private readonly FileStream _file;

    private DataFolderLock(FileStream file) => _file = file;

    /// <exception cref="PrivatePostgresException">Another process still holds the folder after the wait.</exception>
    public static async Task<DataFolderLock> TakeAsync(
        string dataFolder, TimeSpan longestWait, TimeProvider time, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(dataFolder);
        var startedAt = time.GetTimestamp();
        while (true)
        {
            try
            {
                return new DataFolderLock(new FileStream(
                    Path.Combine(dataFolder, FileName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
            }
            catch (IOException held) when (time.GetElapsedTime(startedAt) >= longestWait)
            {
                throw new PrivatePostgresException(
                    $"{dataFolder} is in use by another process. Stop it, or choose another data folder.", held);
            }
            catch (IOException)
            {
                await Task.Delay(PollInterval, time, cancellationToken);
            }
        }
    }

    public void Dispose() => _file.Dispose();
}
