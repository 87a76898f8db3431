// SPDX-License-Identifier: MIT
using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace AudioMesh.DaemonCost;

/// <summary>A daemon on the null device, at a socket in a folder of its own.</summary>
internal sealed class DaemonRun : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("audiomesh-cost-");
    private readonly Process _process;
    private readonly string _socket;

    /// <summary>Starts it, with a graph to begin with where one is given.</summary>
    public DaemonRun(DaemonBuild build, string? graph)
    {
        _socket = Path.Combine(_folder.FullName, "d.sock");
        string config = Path.Combine(_folder.FullName, "d.toml");
        string start = graph is null ? "" : "[graph]\nstart = \"g.json\"\n";
        File.WriteAllText(Path.Combine(_folder.FullName, "g.json"), graph);
        File.WriteAllText(config, $"[socket]\npath = \"d.sock\"\n[device]\nbackend = \"null\"\n[log]\nlevel = \"none\"\n{start}");
        _process = Process.Start(new ProcessStartInfo(build.Words[0], [.. build.Words.Skip(1), "--config", config]))!;
    }

    /// <summary>What it answers to <c>stats</c>, as soon as <paramref name="isSo"/> holds for it.</summary>
    public JsonElement WaitForStats(Func<JsonElement, bool> isSo)
    {
        while (true)
        {
            if (Ask("{\"cmd\":\"stats\"}") is { } stats && isSo(stats))
            {
                return stats;
            }

            Thread.Sleep(5);
        }
    }

    /// <summary>What it answers; null where nobody listens yet.</summary>
    public JsonElement? Ask(string request)
    {
        using Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(_socket));
        }
        catch (SocketException)
        {
            return null;
        }

        socket.Send(Encoding.UTF8.GetBytes($"{request}\n"));
        using StreamReader reader = new(new NetworkStream(socket));
        using JsonDocument reply = JsonDocument.Parse(reader.ReadLine()!);
        return reply.RootElement.Clone();
    }

    /// <summary>What it takes from now on, for so many seconds.</summary>
    public Idling Idle(double seconds) => Idling.Of(_process.Id, seconds);

    /// <summary>Memory that it has in use, in MB.</summary>
    public double ResidentMb() => long.Parse(
        File.ReadLines($"/proc/{_process.Id}/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1],
        CultureInfo.InvariantCulture) / 1024.0;

    public void Dispose()
    {
        using Process kill = Process.Start("kill", [$"{_process.Id}"]);
        _process.WaitForExit();
        _process.Dispose();
        _folder.Delete(recursive: true);
    }
}
