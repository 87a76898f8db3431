// SPDX-License-Identifier: MIT
using AudioMesh.Interop;
using static AudioMesh.Interop.jack_options_t;
using static AudioMesh.Interop.jack_status_t;

namespace AudioMesh.Backends.Jack;

/// <summary>Opening a client, and what can go wrong in it.</summary>
internal static unsafe class JackClient
{
    /// <summary>
    /// Opens a client on a running server; a name that is taken gets a number behind it. <paramref name="passesServer"/>: name the
    /// server to libjack instead of leaving it the default one. Throws DeviceUnavailable or InvalidArgument.
    /// </summary>
    public static jack_client_t* Open(LibJack jack, string name, string server, bool passesServer)
    {
        RequireName(jack, name);
        JackSilence.Install(jack);

        // Without this look, libjack would set itself up and take itself down again only to find nobody, and free clients of a lost server on the way.
        jack_status_t status = JackServerFailed;
        if (!JackServers.IsAbsent(jack, server))
        {
            jack_client_t* client = TryOpen(jack, name, server, passesServer, out status);
            if (client != null)
            {
                return client;
            }

            // The server may have hung up, which is to libjack as if it had died: another opening would free the clients that there are.
            JackProcess.Shared.MarkLost(server);
        }

        string why = status.HasFlag(JackServerFailed) ? "does not run"
            : status.HasFlag(JackVersionError) ? "is of another version than libjack"
            : $"refused client '{name}' ({status})";
        throw new AudioMeshException(AudioErrorKind.DeviceUnavailable, $"jack: server '{server}' {why}.");
    }

    /// <summary>Throws FormatUnsupported when the server runs at another rate than asked for; 0 takes any.</summary>
    public static void RequireRate(int rate, int serverRate, string server)
    {
        if (rate != 0 && rate != serverRate)
        {
            throw new AudioMeshException(
                AudioErrorKind.FormatUnsupported, $"jack: server '{server}' runs at {serverRate} frames per second, not at {rate}.")
            {
                Field = "rate",
                Allowed = $"{serverRate}",
            };
        }
    }

    private static jack_client_t* TryOpen(LibJack jack, string name, string server, bool passesServer, out jack_status_t status)
    {
        fixed (jack_status_t* answer = &status)
        fixed (byte* clientName = JackText.ToNative(name), serverName = JackText.ToNative(server))
        {
            return jack.jack_client_open(clientName, JackNoStartServer | (passesServer ? JackServerName : JackNullOption), answer, serverName);
        }
    }

    private static void RequireName(LibJack jack, string name)
    {
        int room = jack.jack_client_name_size() - 1;
        if (name.Length == 0 || name.Contains(':') || JackText.ToNative(name).Length - 1 > room)
        {
            throw new AudioMeshException(AudioErrorKind.InvalidArgument, $"jack: client name '{name}' must be 1 to {room} bytes without ':'.");
        }
    }
}
