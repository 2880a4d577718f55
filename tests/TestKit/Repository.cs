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
                ?? throw new InvalidOperationException("There is no Marketplace.sln above the tests.");
        }

        return folder;
    }
}
