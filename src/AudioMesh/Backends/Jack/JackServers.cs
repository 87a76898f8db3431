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

    /// <summary>The server an empty device name means.</summary>
    public static string Default => Environment.GetEnvironmentVariable("JACK_DEFAULT_SERVER") is { Length: > 0 } name ? name : FallbackName;

    /// <summary>Whether libjack must be told the server's name: not for the plain default, which PipeWire's libjack does not know by name.</summary>
    public static bool MustBeNamed(string requested) => requested.Length > 0 || Default != FallbackName;

    /// <summary>
    /// Servers of this user that listen, by the sockets of JACK 2 (<c>jack_NAME_UID_0</c> in /dev/shm or /tmp). A server that hangs still listens.
    /// </summary>
    public static SortedSet<string> Listening()
    {
        SortedSet<string> names = new(StringComparer.Ordinal);
        string suffix = $"_{LibC.geteuid()}_0";
        foreach (string folder in (ReadOnlySpan<string>)["/dev/shm", "/tmp"])
        {
            string[] sockets = Directory.Exists(folder) ? Directory.GetFiles(folder, $"{SocketPrefix}*{suffix}") : [];
            foreach (string path in sockets)
            {
                if (Listens(path))
                {
                    names.Add(Path.GetFileName(path)[SocketPrefix.Length..^suffix.Length]);
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
                client = JackClient.Open(jack, "audiomesh-probe", server, MustBeNamed(""));
                _ = jack.jack_client_close(client);
                return true;
            });
        }
        finally
        {
            calls.Finish(ProbeTimeoutMs, JackProcess.Shared.Leave);
        }
    }

    private static bool Listens(string path)
    {
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
