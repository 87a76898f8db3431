// SPDX-License-Identifier: MIT
using System.Diagnostics;

namespace AudioMesh.Latency.Starts;

/// <summary>Network namespaces on one bridge, which is in a namespace too: 10.78.0.1, 10.78.0.2 and so on. Their names begin with this process's number.</summary>
internal sealed class MeshNetwork : IDisposable
{
    private readonly List<string> _spaces = [];
    private static readonly string Ip = new[] { "/usr/sbin/ip", "/sbin/ip", "/usr/bin/ip" }.FirstOrDefault(File.Exists) ?? "ip";

    /// <summary>Throws PermissionDenied where namespaces are not allowed.</summary>
    public MeshNetwork(int hosts)
    {
        try
        {
            string bridge = Add("bridge");
            Run("-n", bridge, "link", "add", "bridge", "type", "bridge");
            Run("-n", bridge, "link", "set", "bridge", "up");
            for (int i = 0; i < hosts; i++)
            {
                string host = Add($"{i + 1}");
                Run("link", "add", $"port{i}", "netns", bridge, "type", "veth", "peer", "name", "net", "netns", host);
                Run("-n", bridge, "link", "set", $"port{i}", "master", "bridge", "up");
                Run("-n", host, "address", "add", $"{Address(i)}/24", "dev", "net");
                Run("-n", host, "link", "set", "net", "up");
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>One a host, in their order.</summary>
    public IReadOnlyList<string> Namespaces => _spaces[1..];

    public static string Address(int host) => $"10.78.0.{host + 1}";

    /// <summary>The words to which a command is added that is to run in a namespace.</summary>
    public static string[] Enter(string space) => [Ip, "netns", "exec", space];

    public void Dispose()
    {
        foreach (string space in _spaces)
        {
            Start("netns", "delete", space).WaitForExit();
        }
    }

    private static Process Start(params string[] words) => Process.Start(new ProcessStartInfo(Ip, words) { RedirectStandardError = true })!;

    private static void Run(params string[] words)
    {
        using Process process = Start(words);
        string error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new AudioMeshException(AudioErrorKind.PermissionDenied, $"ip {string.Join(' ', words)}: {error.Trim()}");
        }
    }

    private string Add(string name)
    {
        string space = $"amsoak-{Environment.ProcessId}-{name}";
        Run("netns", "add", space);
        _spaces.Add(space);
        Run("-n", space, "link", "set", "lo", "up");
        return space;
    }
}
