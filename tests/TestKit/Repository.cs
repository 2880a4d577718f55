namespace Marketplace.TestKit;

/// <summary>Where the sources are, for tests that read them or keep something beside them.</summary>
public static class Repository
{
    public static string Root { get; } = Find();

    public static string Artifacts => Path.Combine(Root, ".artifacts");

    private static string Find()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Marketplace.sln")))
        {
            folder = Path.GetDirectoryName(folder)
                ?? throw new InvalidOperationException("No Marketplace.sln above the tests: they run outside the repository.");
        }

        return folder;
    }
}
