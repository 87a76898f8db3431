// SPDX-License-Identifier: MIT
using System.Text;

namespace AudioMesh.Daemon.Config;

/// <summary>Configuration files: JSON by their ending, else TOML.</summary>
internal static class ConfigFile
{
    private const long MostBytes = 1 << 20;

    /// <summary>Throws NotFound, FileUnreadable, and InvalidArgument with the line of what is wrong.</summary>
    public static DaemonConfig Read(string path) => DaemonConfigReader.Read(path, Parse(path, Load(path)));

    private static ConfigValue Parse(string path, byte[] text)
    {
        if (path.EndsWith(".json", StringComparison.OrdinalIgnoreCase))
        {
            return JsonTree.Read(path, text);
        }

        try
        {
            return TomlTree.Read(path, new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(text));
        }
        catch (DecoderFallbackException)
        {
            throw ConfigError.At(path, 1, "The file is not UTF-8.");
        }
    }

    private static byte[] Load(string path)
    {
        try
        {
            return new FileInfo(path).Length <= MostBytes
                ? File.ReadAllBytes(path)
                : throw new AudioMeshException(AudioErrorKind.FileInvalid, $"{path} is longer than {MostBytes} bytes.");
        }
        catch (FileNotFoundException error)
        {
            throw new AudioMeshException(AudioErrorKind.NotFound, $"There is no configuration {path}.", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new AudioMeshException(AudioErrorKind.FileUnreadable, $"The configuration {path} cannot be read: {error.Message}", error);
        }
    }
}
