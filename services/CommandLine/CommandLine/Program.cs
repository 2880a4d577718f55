using Marketplace.CommandLine;
using Spectre.Console;

return await Verbs.All(AnsiConsole.Console, TimeProvider.System).Parse(args).InvokeAsync();
