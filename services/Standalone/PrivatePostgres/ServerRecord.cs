using System.Text.Json;

namespace Marketplace.PrivatePostgres;

/// <summary>What is remembered between starts, in <c>postgres.json</c> of the data folder.</summary>
internal sealed record ServerRecord(string Folder, int Port)
{
    private const string FileName = "postgres.json";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static ServerRecord? Read(string dataFolder)
    {
        var file = Path.Combine(dataFolder, FileName);
        try
        {
            return File.Exists(file) ? JsonSerializer.Deserialize<ServerRecord>(File.ReadAllText(file), Json) : null;
        }
        catch (JsonException broken)
        {
            throw new PrivatePostgresException(
                $"{file} is not readable. It only holds the server's folder and port: correct or remove it.", broken);
        }
    }

    public void Write(string dataFolder)
    {
        var file = Path.Combine(dataFolder, FileName);
        var unfinished = file + ".new";
        File.WriteAllText(unfinished, JsonSerializer.Serialize(this, Json) + "\n");
        File.Move(unfinished, file, overwrite: true);
    }
}
