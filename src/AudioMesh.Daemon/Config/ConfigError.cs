// SPDX-License-Identifier: MIT
namespace AudioMesh.Daemon.Config;

/// <summary>Makes the errors of configuration files: each says the file and the line.</summary>
internal static class ConfigError
{
    public static AudioMeshException At(string path, int line, string message, string? field = null, string? allowed = null) =>
        new(AudioErrorKind.InvalidArgument, $"{path}:{line}: {message}") { Field = field, Allowed = allowed };
}
