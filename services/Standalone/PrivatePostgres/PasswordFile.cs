using System.Security.Cryptography;

namespace Marketplace.PrivatePostgres;

/// <summary>A generated password, 48 hex digits, in a file that only its owner reads.</summary>
public static class PasswordFile
{
    private const int PasswordHexDigits = 48;

    public static string ReadOrCreate(string file)
    {
        if (!File.Exists(file))
        {
            Create(file);
        }

        return File.ReadAllText(file).Trim();
    }

    private static void Create(string file)
    {
        if (OperatingSystem.IsWindows())
        {
            throw new PlatformNotSupportedException("The file's mode keeps the password; this system has none.");
        }

        var unfinished = file + ".new";
        File.Delete(unfinished);
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        };
        using (var writer = new StreamWriter(unfinished, options))
        {
            writer.Write(RandomNumberGenerator.GetHexString(PasswordHexDigits, lowercase: true));
        }

        File.Move(unfinished, file);
    }
}
