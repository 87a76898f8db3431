// SPDX-License-Identifier: MIT
using System.Net.Sockets;
using AudioMesh.Interop;

namespace AudioMesh.Backends.Jack;

/// <summary>Which servers there are.</summary>
internal static unsafe class JackServers
{
    private const string FallbackName = "default";
    private const string SocketPrefix = "jack_";
    private const int ProbeTimeoutMs = 1800;
    private static readonly string[] SocketFolders = ["/dev/shm", "/tmp"];
    private static readonly string[] SynchroPrefixes = ["/dev/shm/jack_sem.", "/dev/shm/sem.jack_sem."];
    private static readonly TimeSpan ClientSocketLife = TimeSpan.FromSeconds(1);

    /// <summary>The server an empty device name means.</summary>
    public static string Default => Environment.GetEnvironmentVariable("JACK_DEFAULT_SERVER") is { Length: > 0 } name ? name : FallbackName;

    private static string SocketSuffix => $"_{LibC.geteuid()}_0";

    /// <summary>
    /// Whether libjack is told the server's name: not the plain default's, unless it is JACK 2's. PipeWire's does not know that one by name.
    /// </summary>
    public static bool IsNamed(LibJack jack, string requested) => requested.Length > 0 || Default != FallbackName || IsJack2(jack);

    /// <summary>
    /// Whether nobody listens where JACK 2 looks for a server. False with JACK 1 and PipeWire, and where users share servers (JACK_PROMISCUOUS_SERVER):
    /// they look elsewhere.
    /// </summary>
    public static bool IsAbsent(LibJack jack, string server)
    {
        string socket = SocketPrefix + server.Replace('/', '_').Replace('\\', '_') + SocketSuffix;
        return IsJack2(jack)
            && Environment.GetEnvironmentVariable("JACK_PROMISCUOUS_SERVER") is null
            && !Array.Exists(SocketFolders, folder => Listens(Path.Combine(folder, socket)));
    }

    /// <summary>
    /// Servers of this user that listen, by the sockets of JACK 2 (<c>jack_NAME_UID_0</c> in /dev/shm or /tmp). A server that hangs still listens.
    /// </summary>
    public static SortedSet<string> Listening()
    {
        SortedSet<string> names = new(StringComparer.Ordinal);
        string suffix = SocketSuffix;
        foreach (string folder in SocketFolders)
        {
            string[] sockets = Directory.Exists(folder) ? Directory.GetFiles(folder, $"{SocketPrefix}*{suffix}") : [];
            foreach (string path in sockets)
            {
                string name = Path.GetFileName(path)[SocketPrefix.Length..^suffix.Length];
                if (IsServers(path, name) && Listens(path))
                {
                    names.Add(name);
                }
            }
        }

        return names;
    }

    /// <summary>Whether the default server lets a client in, or why not; answers in time even when it hangs.</summary>
    public static bool DefaultAnswers(LibJack jack, out string reason)
    {
        reason = "";
        string server = Default;
        if (JackProcess.Shared.IsConnectedTo(server))
        {
            return true;
        }

        // Before the process is this server's: somebody may be opening another one.
        if (IsAbsent(jack, server))
        {
            reason = $"jack: server '{server}' does not run.";
            return false;
        }

        try
        {
            JackProcess.Shared.Enter(server);
            Probe(jack, server);
            return true;
        }
        catch (AudioMeshException e)
        {
            reason = e.Message;
            return false;
        }
    }

    private static void Probe(LibJack jack, string server)
    {
        JackCalls calls = new(server);
        jack_client_t* client = null;
        try
        {
            calls.Run("answer", ProbeTimeoutMs, () =>
            {
                client = JackClient.Open(jack, "audiomesh-probe", server, IsNamed(jack, ""));
                _ = jack.jack_client_close(client);
                return true;
            });
        }
        finally
        {
            calls.Finish(ProbeTimeoutMs, JackProcess.Shared.Leave);
        }
    }

    /// <summary>
    /// A client that is being opened has such a socket too, for a moment, and takes whoever connects first for its server: it would fail, and libjack in
    /// its process would count the server as dead.
    /// </summary>
    private static bool IsServers(string path, string name) => OperatingSystem.IsLinux()
        ? Array.Exists(SynchroPrefixes, prefix => File.Exists($"{prefix}{LibC.geteuid()}_{name}_freewheel"))
        : DateTime.UtcNow - File.GetLastWriteTimeUtc(path) > ClientSocketLife;

    private static bool IsJack2(LibJack jack) =>
        jack.jack_get_version_string != null
        && JackText.FromNative(jack.jack_get_version_string()).StartsWith("1.9.", StringComparison.Ordinal);

    private static bool Listens(string path)
    {
        if (!File.Exists(path))
        {
            return false;
        }

        using Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) { Blocking = false };
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(path));
            return true;
        }
        catch (SocketException e)
        {
            return e.SocketErrorCode == SocketError.WouldBlock;
        }
    }
}
