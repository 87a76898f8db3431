// SPDX-License-Identifier: MIT
using AudioMesh.Interop;

namespace AudioMesh.Backends.Jack;

/// <summary>Properties (JACK's metadata) of our ports, by their names without the client's. On the thread for calls.</summary>
internal sealed unsafe class JackProperties(LibJack jack, jack_client_t* client, JackMemory memory)
{
    /// <summary>Sets a property and keeps it for after a loss.</summary>
    public void Set(string port, string key, string value, string type)
    {
        Store(port, key, value, type);
        memory.Keep(port, key, value, type);
    }

    /// <summary>The value, or null.</summary>
    public string? Get(string port, string key)
    {
        ulong subject = jack.jack_port_uuid(Find(port));
        byte* value = null;
        byte* type = null;
        fixed (byte* name = JackText.ToNative(key))
        {
            if (jack.jack_get_property(subject, name, &value, &type) != 0 || value == null)
            {
                return null;
            }
        }

        string text = JackText.FromNative(value);
        jack.jack_free(value);
        jack.jack_free(type);
        return text;
    }

    /// <summary>Sets again what was set before a loss, on ports that are there again.</summary>
    public void Restore()
    {
        foreach ((string port, string key, string value, string type) in memory.Properties())
        {
            if (TryFind(port) != null)
            {
                Store(port, key, value, type);
            }
        }
    }

    private void Store(string port, string key, string value, string type)
    {
        ulong subject = jack.jack_port_uuid(Find(port));
        fixed (byte* name = JackText.ToNative(key), text = JackText.ToNative(value), kind = JackText.ToNative(type))
        {
            if (jack.jack_set_property(client, subject, name, text, kind) != 0)
            {
                throw new AudioMeshException(
                    AudioErrorKind.InvalidArgument, $"jack: the server refused property '{key}' of port '{port}'.");
            }
        }
    }

    private jack_port_t* Find(string port)
    {
        jack_port_t* found = TryFind(port);
        return found != null ? found : throw new AudioMeshException(AudioErrorKind.NotFound, $"jack: the client has no port '{port}'.");
    }

    private jack_port_t* TryFind(string port)
    {
        fixed (byte* full = JackText.ToNative($"{JackText.FromNative(jack.jack_get_client_name(client))}:{port}"))
        {
            return jack.jack_port_by_name(client, full);
        }
    }
}
