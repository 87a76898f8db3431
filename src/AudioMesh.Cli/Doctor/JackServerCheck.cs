// SPDX-License-Identifier: MIT
namespace AudioMesh.Cli.Doctor;

/// <summary>Whether a running JACK server has a realtime thread.</summary>
internal static class JackServerCheck
{
    private const string Check = "jack_server";

    // Field 41 of /proc/PID/stat (proc(5)), counted from the state, which follows the name in parentheses: names may hold blanks.
    private const int PolicyField = 41 - 3;

    private static string[] Names { get; } = ["jackd", "jackdbus", "pipewire"];

    public static Finding Look()
    {
        if (!OperatingSystem.IsLinux())
        {
            return Finding.Ok(Check, "Not looked at on this system.");
        }

        (string Name, string Folder)[] servers =
            [.. Directory.EnumerateDirectories("/proc").Select(Server).OfType<(string, string)>()];
        if (servers.Length == 0)
        {
            return Finding.Ok(Check, "None runs.");
        }

        foreach ((string name, string folder) in servers)
        {
            if (!HasRealtimeThread(folder))
            {
                return Finding.Warn(
                    Check,
                    $"{name} (process {Path.GetFileName(folder)}) runs without a realtime thread.",
                    name == "pipewire" ? "mend realtime_thread or rtkit, then: systemctl --user restart pipewire" : "jackd -R -P 70 -d alsa");
            }
        }

        return Finding.Ok(Check, $"{string.Join(", ", servers.Select(server => server.Name).Distinct())} runs in real time.");
    }

    private static (string Name, string Folder)? Server(string folder) =>
        TryRead($"{folder}/comm")?.Trim() is { } name && Names.Contains(name) ? (name, folder) : null;

    private static bool HasRealtimeThread(string folder)
    {
        try
        {
            return Directory.EnumerateDirectories($"{folder}/task").Any(task => IsRealtime(TryRead($"{task}/stat")));
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static bool IsRealtime(string? stat)
    {
        string[] fields = stat is null ? [] : stat[(stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields.Length > PolicyField && int.TryParse(fields[PolicyField], out int policy) && (policy & 0xFF) is 1 or 2;
    }

    // Processes go while one looks.
    private static string? TryRead(string path)
    {
        try
        {
            return File.Exists(path) ? File.ReadAllText(path) : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
