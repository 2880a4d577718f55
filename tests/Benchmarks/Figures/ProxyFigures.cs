namespace Marketplace.Benchmarks.Figures;

/// <summary>The proxy's figures, each group against a process of its own.</summary>
internal static class ProxyFigures
{
    public const string Command = "proxy";

    private static readonly Dictionary<string, Action> Groups = new()
    {
        ["verify"] = VerifyFigures.Print,
        ["share"] = ShareFigures.Print,
        ["memory"] = MemoryFigures.Print,
        ["fleet"] = SwitchFigures.PrintAll,
        ["route"] = SwitchFigures.PrintRoutes,
    };

    /// <param name="wanted">Names of groups; none for all.</param>
    public static void Print(IReadOnlyCollection<string> wanted)
    {
        foreach (var (name, print) in Groups)
        {
            if (wanted.Count == 0 || wanted.Contains(name))
            {
                print();
            }
        }
    }
}
