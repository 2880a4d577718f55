using System.Text.Json;
using Marketplace.Client;
using Marketplace.Client.Billing;
using Spectre.Console;

namespace Marketplace.CommandLine.Ledger;

/// <summary>The last block of an earlier look, in a file.</summary>
internal sealed class KeptBlock
{
    private readonly FileInfo? _file;

    private KeptBlock(FileInfo? file, JournalBlock? block) => (_file, Block) = (file, block);

    /// <summary>Null at the first look.</summary>
    public JournalBlock? Block { get; }

    /// <param name="file">Null to keep nothing.</param>
    /// <exception cref="JsonException">It is no block.</exception>
    public static KeptBlock At(FileInfo? file) => new(
        file,
        file is { Exists: true }
            ? JsonSerializer.Deserialize<JournalBlock>(File.ReadAllText(file.FullName), ApiChannel.Json)
            : null);

    /// <summary>The file is complete at any moment.</summary>
    public void Replace(JournalBlock? block, IAnsiConsole console)
    {
        if (_file is null || block is null)
        {
            return;
        }

        var unfinished = $"{_file.FullName}.unfinished";
        File.WriteAllText(unfinished, JsonSerializer.Serialize(block, ApiChannel.Json) + "\n");
        File.Move(unfinished, _file.FullName, overwrite: true);
        console.WriteLine($"kept       block {block.Number} in {_file.FullName}");
    }
}
