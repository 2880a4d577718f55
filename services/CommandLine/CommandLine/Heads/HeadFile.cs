using System.Text;
using Marketplace.CommandLine.Verify;
using Marketplace.Stratum.Proof;

namespace Marketplace.CommandLine.Heads;

/// <summary>
/// The heads of one contract, one a line, as <c>verify --heads</c> reads them. A line is on the disk before the next
/// is asked for, and one that was cut off by a crash is taken away.
/// </summary>
internal sealed class HeadFile : IDisposable
{
    /// <summary>What contradicts the kept heads stands beside them, so that they can still be read.</summary>
    private const string EvidenceSuffix = ".contradiction";

    private readonly FileStream _file;

    private HeadFile(FileStream file) => _file = file;

    public string Path => _file.Name;

    /// <exception cref="IOException">It cannot be written, or another program keeps it.</exception>
    public static HeadFile Open(string directory, ContractId contractId)
    {
        Directory.CreateDirectory(directory);
        var path = System.IO.Path.Combine(directory, contractId + OutsideFiles.HeadsSuffix);
        return new HeadFile(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read));
    }

    /// <summary>Tells all that was kept; once, before anything is added.</summary>
    /// <exception cref="RecordFormatException">A line is no head, or heads are missing between others.</exception>
    /// <exception cref="ForkedHistoryException">They contradict each other.</exception>
    public void RecallTo(HeadWatch watch)
    {
        using var reader = new StreamReader(_file, Encoding.ASCII, leaveOpen: true);
        var text = reader.ReadToEnd();
        var whole = text[..(text.LastIndexOf('\n') + 1)];
        _file.SetLength(whole.Length);
        _file.Position = whole.Length;
        var lines = whole.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        foreach (var (index, line) in lines.Index())
        {
            if (!SignedHead.TryParse(line, out var head) || watch.Add(head) == HeadPlace.Ahead)
            {
                throw new RecordFormatException($"Line {index + 1} of {Path} is no head, or others are missing.");
            }
        }
    }

    public void Append(SignedHead head)
    {
        _file.Write(Encoding.ASCII.GetBytes(head.ToText() + "\n"));
        _file.Flush(flushToDisk: true);
    }

    /// <returns>Where it was written.</returns>
    public string KeepEvidence(SignedHead head)
    {
        var path = System.IO.Path.ChangeExtension(Path, EvidenceSuffix);
        File.AppendAllLines(path, [head.ToText()]);
        return path;
    }

    public void Dispose() => _file.Dispose();
}
