using System.Diagnostics;

namespace Marketplace.PrivatePostgres;

internal sealed record CommandResult(int ExitCode, string Output, string Error)
{
    public string Said => string.Join('\n', Output.Trim(), Error.Trim()).Trim();
}

/// <summary>A program with its arguments, run to its end.</summary>
internal sealed record Command(params string[] Line)
{
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    public string Input { get; init; } = "";

    /// <exception cref="PrivatePostgresException">The program ended with an exit code other than 0.</exception>
    public async Task<string> SucceedAsync(CancellationToken cancellationToken)
    {
        var result = await RunAsync(cancellationToken);
        return result.ExitCode == 0
            ? result.Output
            : throw new PrivatePostgresException($"'{string.Join(' ', Line)}' failed: {result.Said}");
    }

    public async Task<CommandResult> RunAsync(CancellationToken cancellationToken)
    {
        using var process = new Process { StartInfo = StartInfo() };
        process.Start();
        try
        {
            await process.StandardInput.WriteAsync(Input.AsMemory(), cancellationToken);
            process.StandardInput.Close();
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var error = process.StandardError.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return new CommandResult(process.ExitCode, await output, await error);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    private ProcessStartInfo StartInfo()
    {
        // The server's user may not be able to enter our working directory, and PostgreSQL's tools insist on theirs.
        var start = new ProcessStartInfo(Line[0], Line[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = "/",
        };
        start.Environment["LC_ALL"] = "C.UTF-8";
        foreach (var (name, value) in Environment)
        {
            start.Environment[name] = value;
        }

        return start;
    }
}
