// SPDX-License-Identifier: MIT
using AudioMesh.Interop;
using static AudioMesh.Interop.jack_latency_callback_mode_t;

namespace AudioMesh.Backends.Jack;

/// <summary>
/// Latency of our ports. Asked by the server whenever connections change, it passes on what lies behind our ports to those
/// before them, adding nothing: a block is rendered in the cycle it is asked in.
/// </summary>
internal sealed unsafe class JackLatency(LibJack jack, JackPorts ports)
{
    private int _output;
    private int _input;

    /// <summary>Frames from the start of a cycle until the first output sample leaves the device. Any thread.</summary>
    public int OutputFrames => Volatile.Read(ref _output);

    /// <summary>Frames from arrival at the device to the start of the cycle that carries a sample. Any thread.</summary>
    public int InputFrames => Volatile.Read(ref _input);

    /// <summary>Answers the server, and says whether our own latency is another one now. The library's notification thread.</summary>
    public bool Recompute(jack_latency_callback_mode_t mode)
    {
        bool isPlayback = mode == JackPlaybackLatency;
        jack_latency_range_t range = Widest(isPlayback ? ports.Outputs : ports.Inputs, mode);
        foreach (jack_port_t* port in isPlayback ? ports.Inputs : ports.Outputs)
        {
            jack.jack_port_set_latency_range(port, mode, &range);
        }

        ref int latency = ref isPlayback ? ref _output : ref _input;
        return Interlocked.Exchange(ref latency, (int)Math.Min(range.max, int.MaxValue)) != (int)range.max;
    }

    private jack_latency_range_t Widest(jack_port_t*[] among, jack_latency_callback_mode_t mode)
    {
        jack_latency_range_t widest = new() { min = uint.MaxValue };
        foreach (jack_port_t* port in among)
        {
            jack_latency_range_t range;
            jack.jack_port_get_latency_range(port, mode, &range);
            widest.min = Math.Min(widest.min, range.min);
            widest.max = Math.Max(widest.max, range.max);
        }

        widest.min = Math.Min(widest.min, widest.max);
        return widest;
    }
}
