using System.Text.RegularExpressions;
using Marketplace.Standalone;
using Shouldly;
using Xunit;

namespace Marketplace.Architecture.Tests;

/// <summary>Code, scripts and containers speak of the same services, ports and settings.</summary>
public sealed partial class TopologyRules
{
    private readonly ComposeFile _compose = ComposeFile.Read();

    [Fact]
    public void Every_host_is_a_container_and_a_process_with_the_same_name_and_port()
    {
        var projects = SourceFiles.Named(".Host.csproj")
            .Select(project => Path.GetFileNameWithoutExtension(project.Name))
            .Order(StringComparer.Ordinal);
        var processes = ProcessTable().ToList();
        var containers = _compose.Services.Values
            .Where(service => service.Program?.EndsWith(".Host", StringComparison.Ordinal) == true)
            .Select(service => (service.Name, Program: service.Program!, Port: service.Settings["Urls"].Split(':')[^1]))
            .ToList();

        containers.ShouldBe(processes);
        containers.Select(one => one.Program).Order(StringComparer.Ordinal).ShouldBe(projects);
    }

    [Fact]
    public void Services_find_each_other_at_the_ports_they_listen_on()
    {
        foreach (var (name, _, port) in ProcessTable())
        {
            _compose.SharedEnvironment[$"Services__{name}__BaseUrl"].ShouldBe($"http://{name}:{port}");
        }
    }

    [Fact]
    public void A_container_has_its_own_database_broker_user_and_keys()
    {
        foreach (var (name, _, _) in ProcessTable())
        {
            var container = _compose.Services[name];
            var secret = name.ToUpperInvariant();
            container.Settings[$"ConnectionStrings__{name}"]
                .ShouldBe($"Host=postgres;Database={name};Username={name};Password=${{{secret}_DATABASE_PASSWORD}}");
            container.Settings["Bus__RabbitMq__User"].ShouldBe(name);
            container.Settings["Bus__RabbitMq__Password"].ShouldBe($"${{{secret}_BROKER_PASSWORD}}");
            container.Lines.ShouldContain(line => line.Contains($"subpath: {name} ", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Every_node_of_the_proxy_has_a_key_of_its_own_name()
    {
        var nodes = _compose.Services.Values
            .Where(service => service.Settings.ContainsKey("Proxy__NodeName"))
            .Select(service => $"--node, {service.Settings["Proxy__NodeName"]}");
        _compose.Services["keys"].Lines
            .ShouldContain(line => line.Contains($"command: [keys, /keys, {string.Join(", ", nodes)}]"));
    }

    [Fact]
    public void Names_of_modules_are_those_of_the_processes() =>
        Modules.All.Select(module => module.Name).Order(StringComparer.Ordinal)
            .ShouldBe(ProcessTable().Select(one => one.Name).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_setting_of_scripts_and_containers_is_read_by_the_code()
    {
        var known = new KnownSettings();
        var scripts = SourceFiles.Named(".sh").Where(file => file.Path.StartsWith("infra/", StringComparison.Ordinal));
        var inScripts = scripts.SelectMany(file => ScriptSetting().Matches(ShellExpansion().Replace(file.Text, "x")))
            .Select(match => match.Value);
        var inContainers = _compose.Services.Values.SelectMany(service => service.Settings.Keys);
        inScripts.Concat(inContainers).Concat(_compose.SharedEnvironment.Keys)
            .Distinct()
            .Where(setting => !known.Knows(setting))
            .ShouldBeNone();
    }

    [Fact]
    public void Every_password_of_the_containers_is_made_by_the_script_that_makes_them()
    {
        var script = SourceFiles.Named("infra/docker/make-env.sh").Single().Text;
        var services = ProcessTable().Select(one => one.Name.ToUpperInvariant()).ToList();
        script.ShouldContain($"SERVICES=({string.Join(' ', services)})");
        var made = ScriptVariable().Matches(script).Select(match => match.Groups[1].Value)
            .SelectMany(name => services
                .Select(service => name.Replace("${service}", service, StringComparison.Ordinal)))
            .Distinct();
        made.Order(StringComparer.Ordinal).ShouldBe(_compose.RequiredVariables().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Images_are_pinned_and_every_running_container_has_a_health_check()
    {
        foreach (var service in _compose.Services.Values.Where(service => service.Program != "Provision"))
        {
            service.HasHealthCheck.ShouldBeTrue(service.Name);
            if (service.Program is null)
            {
                PinnedImage().IsMatch(service.Image!).ShouldBeTrue(service.Image);
            }
        }
    }

    /// <summary>The table in infra/lib/distributed.sh: name=project=port.</summary>
    private static IEnumerable<(string Name, string Program, string Port)> ProcessTable() =>
        Process().Matches(SourceFiles.Named("infra/lib/distributed.sh").Single().Text)
            .Select(match => (match.Groups[1].Value, match.Groups[2].Value + ".Host", match.Groups[3].Value));

    [GeneratedRegex(@"^  ([a-z]+)=(\w+)=(\d+)$", RegexOptions.Multiline)]
    private static partial Regex Process();

    [GeneratedRegex(@"\$\{[^}]*\}|\$\w+")]
    private static partial Regex ShellExpansion();

    [GeneratedRegex(@"\b[A-Z][A-Za-z]*__\w+")]
    private static partial Regex ScriptSetting();

    [GeneratedRegex(@"echo ""(\w+|\$\{service\}\w+)=")]
    private static partial Regex ScriptVariable();

    [GeneratedRegex(@"^\w+:\d+\.\d+")]
    private static partial Regex PinnedImage();
}
