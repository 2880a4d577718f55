using System.CommandLine;
using System.Text.Json;
using Marketplace.Client;
using Marketplace.CommandLine.Login;
using Spectre.Console;

namespace Marketplace.CommandLine.Certificates;

/// <summary><c>certificate CONTRACT</c>: downloads a contract's certificate, of all nodes together.</summary>
internal static class CertificateCommand
{
    private const int BufferBytes = 128 * 1024;
    private const string UnfinishedSuffix = ".unfinished";

    private static readonly Argument<ContractId> Contract = ContractArgument.Create();

    private static readonly Option<bool> IsCompact = new("--compact")
    {
        Description = "Only the shares that meet a difficulty which follows from the terms: a few megabytes.",
    };

    private static readonly Option<string> To = new("--to")
    {
        Description = "The directory to write it into.",
        HelpName = "dir",
        DefaultValueFactory = _ => ".",
    };

    public static Command Create(IAnsiConsole console, TimeProvider time)
    {
        var options = new LoginOptions();
        var command = new Command("certificate", "Downloads what 'verify' checks.") { Contract, IsCompact, To };
        options.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            try
            {
                using var login = options.Read(parsed, console, time);
                await login.SignInAsync(cancellationToken);
                var path = await DownloadAsync(parsed, login, console, cancellationToken);
                console.WriteLine($"file       {path}, {new FileInfo(path).Length} bytes");
                return ExitCodes.Held;
            }
            catch (Exception failure) when (failure is ApiProblemException or BusinessRuleException
                or IOException or UnauthorizedAccessException or HttpRequestException or JsonException)
            {
                console.WriteLine(Printable.Of(failure.Message));
                return ExitCodes.Failed;
            }
        });
        return command;
    }

    /// <summary>The file has its name only once it is whole: half of one looks like a cheat.</summary>
    private static async Task<string> DownloadAsync(
        ParseResult parsed, MarketplaceLogin login, IAnsiConsole console, CancellationToken cancellationToken)
    {
        var (contractId, mode) = (parsed.GetValue(Contract), parsed.GetValue(IsCompact) ? "compact" : "complete");
        var directory = parsed.GetRequiredValue(To);
        Directory.CreateDirectory(directory);
        var path = Path.Combine(directory, $"{contractId}.{mode}.hashcert");
        await using var download = await login.Proxy.CertificateAsync(contractId, mode, cancellationToken);
        var shown = console.Progress().AutoClear(true).Columns(new SpinnerColumn(), new TaskDescriptionColumn());
        await shown.StartAsync(async progress =>
        {
            await using var file = File.Create(path + UnfinishedSuffix);
            var task = progress.AddTask(mode);
            var buffer = new byte[BufferBytes];
            while (await download.ReadAsync(buffer, cancellationToken) is > 0 and var length)
            {
                await file.WriteAsync(buffer.AsMemory(0, length), cancellationToken);
                task.Description = $"{mode}, {file.Length / (1024 * 1024)} MB";
            }
        });
        File.Move(path + UnfinishedSuffix, path, overwrite: true);
        return path;
    }
}
