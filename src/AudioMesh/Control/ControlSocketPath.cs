// SPDX-License-Identifier: MIT
namespace AudioMesh.Control;

/// <summary>Where the daemon's socket is, the same rule for the daemon and for those who look for it. Any thread.</summary>
public static class ControlSocketPath
{
    /// <summary>The variable that names the socket, before every other rule.</summary>
    public const string Variable = "AUDIOMIXERD_SOCKET";

    /// <summary>The socket of a daemon that belongs to the machine.</summary>
    public const string OfMachine = "/run/copperline/audiomixerd.sock";

    private const string Name = "audiomixerd.sock";

    /// <summary>
    /// Where a client looks: <see cref="Variable"/>, else <see cref="OfMachine"/> where it exists, else <c>audiomixerd.sock</c> in XDG_RUNTIME_DIR. Throws
    /// InvalidState when none of them says anything.
    /// </summary>
    public static string Find() => Named() ?? (File.Exists(OfMachine) ? OfMachine : InRuntimeFolder()) ?? throw Nowhere();

    /// <summary>
    /// Where a daemon listens: <see cref="Variable"/>; else <see cref="OfMachine"/> for root, and for a user without XDG_RUNTIME_DIR where its folder is there;
    /// else <c>audiomixerd.sock</c> in XDG_RUNTIME_DIR. Throws InvalidState when none of them says anything.
    /// </summary>
    public static string Choose() => Named() ?? (MayBeOfMachine() ? OfMachine : InRuntimeFolder()) ?? throw Nowhere();

    private static string? Named() => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } path ? path : null;

    // A user's own daemon beside the machine's: the folder is there then, and not theirs to write.
    private static bool MayBeOfMachine() =>
        Environment.IsPrivilegedProcess || (Directory.Exists(Path.GetDirectoryName(OfMachine)) && InRuntimeFolder() is null);

    private static string? InRuntimeFolder() =>
        Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR") is { Length: > 0 } folder ? Path.Combine(folder, Name) : null;

    private static AudioMeshException Nowhere() => new(
        AudioErrorKind.InvalidState, $"There is no place for the daemon's socket: {Variable} and XDG_RUNTIME_DIR are not set, and {OfMachine} is not there.");
}
