// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using AudioMesh.Interop;
using static AudioMesh.Interop.LadspaLibrary;

namespace AudioMesh.Plugins;

/// <summary>One plug-in of a library: its ports, told apart. It lives as long as the process.</summary>
internal sealed unsafe class LadspaPlugin
{
    private const ulong MostPlugins = 10_000;
    private const ulong MostPorts = 1024;

    /// <summary>The names that every node has, whatever it hosts.</summary>
    private static readonly string[] Reserved = ["plugin", "channels", "latency", "bad_samples"];

    private readonly List<int> _audioInputs = [];
    private readonly List<int> _audioOutputs = [];
    private readonly List<LadspaControl> _controls = [];
    private readonly List<LadspaControl> _readings = [];

    private LadspaPlugin(LADSPA_Descriptor* descriptor, string where)
    {
        Descriptor = descriptor;
        Name = Text(descriptor->Name);
        if (descriptor->PortCount > MostPorts || descriptor->instantiate == null || descriptor->connect_port == null || descriptor->run == null
            || descriptor->cleanup == null)
        {
            throw new AudioMeshException(AudioErrorKind.FormatUnsupported, $"{where} is no plug-in that can be hosted: its description is not whole.");
        }

        LadspaNames names = new(Reserved);
        for (int port = 0; port < (int)descriptor->PortCount; port++)
        {
            Sort(port, names);
        }

        if (_audioInputs.Count + _audioOutputs.Count == 0)
        {
            throw new AudioMeshException(AudioErrorKind.FormatUnsupported, $"{where} neither takes nor makes sound.");
        }
    }

    /// <summary>What its library says of it.</summary>
    public LADSPA_Descriptor* Descriptor { get; }

    /// <summary>What it calls itself.</summary>
    public string Name { get; }

    /// <summary>Whether it promises to be fit for realtime.</summary>
    public bool IsRealtime => (Descriptor->Properties & LADSPA_PROPERTY_HARD_RT_CAPABLE) != 0;

    /// <summary>Whether it knows one channel only, so that every channel gets one of its own.</summary>
    public bool IsMono => _audioInputs.Count <= 1 && _audioOutputs.Count <= 1;

    /// <summary>Ports that take sound.</summary>
    public IReadOnlyList<int> AudioInputs => _audioInputs;

    /// <summary>Ports that make sound.</summary>
    public IReadOnlyList<int> AudioOutputs => _audioOutputs;

    /// <summary>Ports that are set.</summary>
    public IReadOnlyList<LadspaControl> Controls => _controls;

    /// <summary>Ports that are read.</summary>
    public IReadOnlyList<LadspaControl> Readings => _readings;

    /// <summary>Which of the readings is its latency in frames; -1 for none. By convention the one that is called so.</summary>
    public int LatencyReading => _readings.FindIndex(reading => reading.Title is "latency" or "_latency");

    /// <summary>The plug-in called <paramref name="label"/>. Throws NotFound, naming those there are, and FormatUnsupported.</summary>
    public static LadspaPlugin In(LadspaLibrary library, string path, string label)
    {
        List<string> labels = [];
        for (ulong index = 0; index < MostPlugins; index++)
        {
            LADSPA_Descriptor* descriptor = library.ladspa_descriptor(index);
            if (descriptor == null)
            {
                break;
            }

            labels.Add(Text(descriptor->Label));
            if (labels[^1] == label)
            {
                return new LadspaPlugin(descriptor, $"'{label}' in {path}");
            }
        }

        throw new AudioMeshException(AudioErrorKind.NotFound, $"There is no '{label}' in {path}.")
        {
            Field = "args.plugin",
            Allowed = string.Join(", ", labels),
        };
    }

    private void Sort(int port, LadspaNames names)
    {
        int kind = Descriptor->PortDescriptors[port];
        bool isInput = (kind & LADSPA_PORT_INPUT) != 0;
        if ((kind & LADSPA_PORT_AUDIO) != 0)
        {
            (isInput ? _audioInputs : _audioOutputs).Add(port);
            return;
        }

        string title = Text(Descriptor->PortNames[port]);
        (string name, string unit) = names.Take(title);
        (isInput ? _controls : _readings).Add(new LadspaControl(port, name, title, unit, Descriptor->PortRangeHints[port]));
    }

    private static string Text(byte* text) => Marshal.PtrToStringUTF8((nint)text) ?? "";
}
