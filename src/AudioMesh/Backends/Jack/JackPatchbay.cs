// SPDX-License-Identifier: MIT
using AudioMesh.Interop;

namespace AudioMesh.Backends.Jack;

/// <summary>
/// Connects the ports of one client, remembers how they are connected and makes those connections again after a loss. All on the
/// client's thread for calls.
/// </summary>
internal sealed unsafe class JackPatchbay
{
    private const int AlreadyThere = LibC.EEXIST;
    private readonly LibJack _jack;
    private readonly jack_client_t* _client;
    private readonly JackPorts _ports;
    private readonly JackMemory _memory;

    public JackPatchbay(LibJack jack, jack_client_t* client, JackPorts ports, JackMemory memory)
    {
        _jack = jack;
        _client = client;
        _ports = ports;
        _memory = memory;
    }

    /// <summary>Connects outputs to physical inputs of the server and physical outputs to our inputs, one to one as far as there are.</summary>
    public void ConnectPhysical()
    {
        string[] own = _ports.FullNames();
        List<string> playback = Physical(JackPortFlags.JackPortIsInput);
        for (int i = 0; i < Math.Min(_ports.Outputs.Length, playback.Count); i++)
        {
            TryConnect(own[i], playback[i]);
        }

        List<string> capture = Physical(JackPortFlags.JackPortIsOutput);
        for (int i = 0; i < Math.Min(_ports.Inputs.Length, capture.Count); i++)
        {
            TryConnect(capture[i], own[_ports.Outputs.Length + i]);
        }
    }

    /// <summary>Connects two ports of any clients; throws NotFound for a port there is not, InvalidArgument where they do not fit.</summary>
    public void Connect(string source, string destination)
    {
        if (!TryConnect(source, destination))
        {
            throw Refusal("connect", source, destination);
        }

        _memory.Expect(ToOwn(new JackConnection(source, destination)));
    }

    /// <summary>Disconnects two ports; throws NotFound for a port there is not, InvalidArgument where they are not connected.</summary>
    public void Disconnect(string source, string destination)
    {
        _memory.Forget(ToOwn(new JackConnection(source, destination)));
        fixed (byte* from = JackText.ToNative(source), to = JackText.ToNative(destination))
        {
            if (_jack.jack_disconnect(_client, from, to) != 0)
            {
                throw Refusal("disconnect", source, destination);
            }
        }
    }

    /// <summary>The connections of our ports now, one between two of them once.</summary>
    public List<JackConnection> Connections()
    {
        List<JackConnection> connections = [];
        string[] own = _ports.FullNames();
        for (int i = 0; i < own.Length; i++)
        {
            foreach (string peer in JackText.TakeList(_jack, _jack.jack_port_get_all_connections(_client, _ports.At(i))))
            {
                connections.Add(_ports.IsOutput(i) ? new JackConnection(own[i], peer) : new JackConnection(peer, own[i]));
            }
        }

        return [.. connections.Distinct()];
    }

    /// <summary>Writes down how our ports are connected.</summary>
    public void Remember() => _memory.Note(Connections().ConvertAll(ToOwn));

    /// <summary>Tries the connections of before the loss that are still missing: a peer may return later than the server.</summary>
    public void Restore()
    {
        foreach (JackConnection missing in _memory.Missing())
        {
            JackConnection full = ToFull(missing);
            if (TryConnect(full.Source, full.Destination))
            {
                _memory.Restored(missing);
            }
        }
    }

    private bool TryConnect(string source, string destination)
    {
        fixed (byte* from = JackText.ToNative(source), to = JackText.ToNative(destination))
        {
            return _jack.jack_connect(_client, from, to) is 0 or AlreadyThere;
        }
    }

    private List<string> Physical(JackPortFlags direction)
    {
        fixed (byte* type = LibJack.JACK_DEFAULT_AUDIO_TYPE)
        {
            return JackText.TakeList(_jack, _jack.jack_get_ports(_client, null, type, (ulong)(direction | JackPortFlags.JackPortIsPhysical)));
        }
    }

    private AudioMeshException Refusal(string what, string source, string destination)
    {
        foreach (string name in (ReadOnlySpan<string>)[source, destination])
        {
            fixed (byte* text = JackText.ToNative(name))
            {
                if (_jack.jack_port_by_name(_client, text) == null)
                {
                    return new AudioMeshException(AudioErrorKind.NotFound, $"jack: no port '{name}'.");
                }
            }
        }

        return new AudioMeshException(
            AudioErrorKind.InvalidArgument, $"jack: the server refused to {what} '{source}' and '{destination}'.");
    }

    /// <summary>Our client may have another name after a loss, so its own ports are remembered without one.</summary>
    private JackConnection ToOwn(JackConnection full)
    {
        string prefix = ClientPrefix;
        return new JackConnection(Strip(full.Source, prefix), Strip(full.Destination, prefix));
    }

    private JackConnection ToFull(JackConnection own)
    {
        string prefix = ClientPrefix;
        return new JackConnection(
            own.Source.StartsWith(':') ? prefix + own.Source[1..] : own.Source,
            own.Destination.StartsWith(':') ? prefix + own.Destination[1..] : own.Destination);
    }

    private string ClientPrefix => JackText.FromNative(_jack.jack_get_client_name(_client)) + ":";

    private static string Strip(string name, string prefix) =>
        name.StartsWith(prefix, StringComparison.Ordinal) ? ":" + name[prefix.Length..] : name;
}
