// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace AudioMesh.Network.Tests.Transport;

/// <summary>Another client of a JACK server, which looks at the transport as any program does.</summary>
internal sealed unsafe partial class JackReader : IDisposable
{
    private const int NoStartServer = 1, ServerName = 4;
    private readonly nint _client;

    public JackReader(string server)
    {
        _client = jack_client_open("reader", NoStartServer | ServerName, 0, server);
        Assert.That(_client, Is.Not.Zero);
    }

    public (bool IsRolling, Position At) Read()
    {
        byte* position = stackalloc byte[256]; // more than any of its versions has
        int state = jack_transport_query(_client, position);
        return (state == 1, *(Position*)position);
    }

    public void Dispose() => _ = jack_client_close(_client);

    [LibraryImport("libjack.so.0", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint jack_client_open(string name, int options, nint status, string server);

    [LibraryImport("libjack.so.0")]
    private static partial int jack_client_close(nint client);

    [LibraryImport("libjack.so.0")]
    private static partial int jack_transport_query(nint client, byte* position);

    /// <summary>The head of jack_position_t.</summary>
    [StructLayout(LayoutKind.Sequential, Pack = 1)]
    public readonly struct Position
    {
        private const int HasBeats = 0x10, HasOffset = 0x40;
        private readonly ulong _unique;
        private readonly ulong _usecs;
        private readonly uint _rate;
        private readonly uint _frame;
        private readonly int _valid;
        private readonly int _bar;
        private readonly int _beat;
        private readonly int _tick;
        private readonly double _barStartTick;
        private readonly float _beatsPerBar;
        private readonly float _beatType;
        private readonly double _ticksPerBeat;
        private readonly double _beatsPerMinute;
        private readonly double _frameTime;
        private readonly double _nextTime;
        private readonly uint _offset;

        public long Frame => _frame;

        /// <summary>What beats a minute a program sees; 0 for none.</summary>
        public double Tempo => (_valid & HasBeats) != 0 ? _beatsPerMinute : 0;

        public (int Bar, int Beat) Place => (_bar, _beat);

        public (float Beats, float Unit) Meter => (_beatsPerBar, _beatType);

        /// <summary>Beats since the first beat of the bar, with what is left over at the frame.</summary>
        public double BeatsInBar => _beat - 1 + (_tick / _ticksPerBeat) + ((_valid & HasOffset) != 0 ? _offset * _beatsPerMinute / (60.0 * _rate) : 0);

        /// <summary>Beats from frame 0 to that beat.</summary>
        public double BarStartBeats => _barStartTick / _ticksPerBeat;
    }
}
