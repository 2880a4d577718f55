using Marketplace.TestKit;
using Xunit;

namespace Marketplace.Architecture.Tests;

/// <summary>The files of the repository as people wrote them: nothing built, fetched or run.</summary>
internal static class SourceFiles
{
    private static readonly HashSet<string> NotSources =
        [".git", ".artifacts", ".data", ".idea", ".vs", "node_modules", "dist", "bin", "obj"];

    public static IReadOnlyList<SourceFile> All { get; } =
    [
        .. Walk(Repository.Root)
            .Select(path => new SourceFile(Path.GetRelativePath(Repository.Root, path).Replace('\\', '/')))
            .OrderBy(file => file.Path, StringComparer.Ordinal),
    ];

    public static IEnumerable<SourceFile> Named(params string[] endings) =>
        All.Where(file => endings.Any(ending => file.Path.EndsWith(ending, StringComparison.Ordinal)));

    private static IEnumerable<string> Walk(string folder) =>
        Directory.EnumerateFiles(folder).Where(IsSource).Concat(Directory.EnumerateDirectories(folder)
            .Where(IsSource)
            .SelectMany(Walk));

    private static bool IsSource(string path) => !NotSources.Contains(Path.GetFileName(path));
}

internal static class Violations
{
    /// <summary>Fails with one broken place a line.</summary>
    public static void ShouldBeNone(this IEnumerable<string> violations)
    {
        var found = violations.ToList();
        if (found.Count > 0)
        {
            Assert.Fail($"{found.Count} found:\n{string.Join('\n', found)}");
        }
    }
}

/// <param name="Path">From the repository's root, with slashes.</param>
internal sealed record SourceFile(string Path)
{
    public string Name => Path[(Path.LastIndexOf('/') + 1)..];

    public string[] Lines => File.ReadAllLines(FullPath);

    public string Text => File.ReadAllText(FullPath);

    private string FullPath => System.IO.Path.Combine(Repository.Root, Path);

    /// <summary>Where a rule is broken, so that a failure names the lines.</summary>
    public IEnumerable<string> LinesWhere(Func<string, bool> isBroken) =>
        Lines.Select((line, index) => (line, index))
            .Where(one => isBroken(one.line))
            .Select(one => $"{Path}:{one.index + 1}: {one.line.Trim()}");
}
