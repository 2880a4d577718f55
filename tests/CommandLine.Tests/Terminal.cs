using System.Text;
using Spectre.Console;

namespace Marketplace.CommandLine.Tests;

/// <summary>Runs the program's verbs in this process and keeps what they print.</summary>
internal sealed class Terminal
{
    private const int WidthColumns = 400;
    private readonly StringBuilder _output = new();

    public string Output => _output.ToString();

    public Task<int> RunAsync(params string[] args) => RunUntilAsync(args, TestContext.Current.CancellationToken);

    /// <param name="args">A verb and what it is told.</param>
    /// <param name="ended">The user ends it.</param>
    public async Task<int> RunUntilAsync(string[] args, CancellationToken ended)
    {
        await using var output = new StringWriter(_output);
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(output),
        });
        console.Profile.Width = WidthColumns;
        return await Verbs.All(console, TimeProvider.System).Parse(args)
            .InvokeAsync(
                new() { Output = output, Error = output, EnableDefaultExceptionHandler = false },
                ended);
    }
}
