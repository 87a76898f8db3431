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
        JackMessages.Install(jack);
        JackMessages.Clear();
        jack_status_t status;
        jack_client_t* client;
        fixed (byte* clientName = JackText.ToNative(name), serverName = JackText.ToNative(server))
        {
            jack_options_t options = JackNoStartServer | (passesServer ? JackServerName : JackNullOption);
            client = jack.jack_client_open(clientName, options, &status, serverName);
        }

        if (client != null)
        {
            return client;
        }

        string why = status.HasFlag(JackServerFailed) ? "does not run"
            : status.HasFlag(JackVersionError) ? "is of another version than libjack"
            : $"refused client '{name}' ({status})";
        throw new AudioMeshException(AudioErrorKind.DeviceUnavailable, $"jack: server '{server}' {why}.{JackMessages.First()}");
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

    private static void RequireName(LibJack jack, string name)
    {
        int room = jack.jack_client_name_size() - 1;
        if (name.Length == 0 || name.Contains(':') || JackText.ToNative(name).Length - 1 > room)
        {
            throw new AudioMeshException(AudioErrorKind.InvalidArgument, $"jack: client name '{name}' must be 1 to {room} bytes without ':'.");
        }
    }
}
