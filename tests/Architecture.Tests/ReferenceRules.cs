using System.Text.RegularExpressions;
using Marketplace.TestKit;
using Shouldly;
using Xunit;

namespace Marketplace.Architecture.Tests;

public sealed partial class ReferenceRules
{
    private static readonly string[] Services = ["Identity", "Catalog", "Ordering", "Billing", "HashrateProxy"];
    private static readonly string[] Shared = ["Messages", "Primitives", "Stratum", "Client", "ServiceDefaults"];

    [Fact]
    public void Projects_reference_only_what_the_design_allows() =>
        SourceFiles.Named(".csproj")
            .SelectMany(project => References(project)
                .Except(AllowedFor(NameOf(project)), StringComparer.Ordinal)
                .Select(reference => $"{NameOf(project)} -> {reference}"))
            .ShouldBeNone();

    [Fact]
    public void Every_project_is_in_the_solution_and_nothing_else_is()
    {
        var solution = File.ReadAllText(Path.Combine(Repository.Root, "Marketplace.sln"));
        var listed = ProjectInSolution().Matches(solution).Select(match => match.Groups[1].Value.Replace('\\', '/'));
        listed.Order(StringComparer.Ordinal)
            .ShouldBe(SourceFiles.Named(".csproj").Select(project => project.Path).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Package_versions_are_said_in_one_place() =>
        SourceFiles.Named(".csproj")
            .SelectMany(project => project.LinesWhere(line => VersionedPackage().IsMatch(line)))
            .ShouldBeNone();

    [Fact]
    public void Only_the_proxy_and_the_command_line_speak_the_mining_protocol() =>
        SourceFiles.Named(".csproj")
            .Where(project => project.Path.StartsWith("services/", StringComparison.Ordinal))
            .Where(project => References(project).Contains("Stratum"))
            .Select(NameOf)
            .ShouldBeSubsetOf(["HashrateProxy", "CommandLine"]);

    private static string[] AllowedFor(string project) => project switch
    {
        "Messages" or "Primitives" or "PrivatePostgres" => [],
        "Stratum" or "Client" => ["Primitives"],
        "ServiceDefaults" => ["Messages", "Primitives"],
        "CommandLine" => ["Client", "Primitives", "Stratum"],
        "Standalone" => [.. Services, "ServiceDefaults", "PrivatePostgres"],
        "Provision" => ["PrivatePostgres", "ServiceDefaults"],
        "Simulators" => ["Primitives", "Client", "Stratum"],
        "DemoWorld" => ["Simulators", "Primitives", "Client", "Stratum"],
        "TestKit" => ["PrivatePostgres", .. Shared],
        "EndToEnd.Tests" => ["Simulators", "DemoWorld", "TestKit", "Primitives", "Client"],
        "Architecture.Tests" => ["TestKit", "Standalone", .. Services, .. Shared],
        "Benchmarks" => ["Billing", "HashrateProxy", "TestKit"],
        _ when Services.Contains(project) => Shared,
        _ when project.EndsWith(".Host", StringComparison.Ordinal) => [project[..^".Host".Length]],
        _ when project.EndsWith(".TestHost", StringComparison.Ordinal) => Shared,
        _ when project.EndsWith(".Tests", StringComparison.Ordinal) =>
        [
            project[..^".Tests".Length], project[..^".Tests".Length] + ".TestHost", "TestKit", "Simulators", .. Shared,
        ],
        _ => [],
    };

    private static IEnumerable<string> References(SourceFile project) =>
        Reference().Matches(project.Text).Select(match => match.Groups[1].Value);

    private static string NameOf(SourceFile project) => Path.GetFileNameWithoutExtension(project.Name);

    [GeneratedRegex(@"<ProjectReference Include=""(?:[^""]*/)?([^""/]+)\.csproj""")]
    private static partial Regex Reference();

    [GeneratedRegex(@"""([^""]+\.csproj)""")]
    private static partial Regex ProjectInSolution();

    [GeneratedRegex(@"<PackageReference[^>]*\bVersion(Override)?=")]
    private static partial Regex VersionedPackage();
}
