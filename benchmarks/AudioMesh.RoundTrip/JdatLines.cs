// SPDX-License-Identifier: MIT
using System.Net.Sockets;
using AudioMesh.Clock;
using AudioMesh.Network.Jdat;
using AudioMesh.Realtime;

namespace AudioMesh.RoundTrip;

/// <summary>A script that writes JDAT lines at their pace into one socket, with a pulse every quarter of a second, and reads lines from another, each on a thread of its own.</summary>
internal sealed class JdatLines : IJdatHandler, IDisposable
{
    /// <summary>Frames of a line.</summary>
    public const int LineFrames = 32;

    private const int Every = Recorded.Rate / 4 / LineFrames;
    private const long MostLateNs = 5_000_000;
    private const long WarmUpLines = 1500;
    private const long PauseNs = 500_000_000;
    private const int MostPulses = 1 << 16;
    private const float Threshold = 0.4f;
    private const long QuietNs = 50_000_000;
    private const int Priority = RealtimePriority.Device - 10;

    private readonly Socket _to;
    private readonly Socket _from;
    private readonly long[] _writtenNs = new long[MostPulses];
    private readonly long[] _readNs = new long[MostPulses];
    private readonly Thread _reading;
    private RealtimeThread? _writing;
    private int _written;
    private int _read;
    private long _now;
    private volatile bool _isOver;
    private volatile bool _isArmed;

    public JdatLines(string toPath, string fromPath)
    {
        (_to, _from) = (Connect(toPath), Connect(fromPath));
        _reading = new Thread(Read) { IsBackground = true, Name = "jdat-read" };
    }

    /// <summary>Begins to write and to read, once both sockets were accepted: what is written before waits, and goes on waiting.</summary>
    public void Start()
    {
        _reading.Start();
        _writing = RealtimeThread.Start("jdat-write", Priority, new FrameCount(LineFrames).ToNanoseconds(Recorded.Rate), Write);
    }

    /// <summary>From now on there are pulses.</summary>
    public void Arm() => _isArmed = true;

    /// <summary>When the lines with pulses were written and, where they came before the next, read; else 0. Mesh time ns.</summary>
    public IReadOnlyList<(long WrittenNs, long ReadNs)> Pulses()
    {
        List<(long, long)> pulses = [];
        for (int i = 0; i + 1 < _written; i++)
        {
            long read = _readNs.Take(_read).FirstOrDefault(read => read > _writtenNs[i] && read < _writtenNs[i + 1]);
            pulses.Add((_writtenNs[i], read));
        }

        return pulses;
    }

    public void OnAudio(in JdatAudio audio, ReadOnlySpan<float> samples)
    {
        bool isHigh = samples.ContainsAnyInRange(Threshold, float.MaxValue);
        if (isHigh && _read < MostPulses && (_read == 0 || _now - _readNs[_read - 1] > QuietNs))
        {
            _readNs[_read++] = _now;
        }
    }

    public void OnTransport(in JdatTransport command)
    {
    }

    public void OnSyncCalibration(JdatSyncCalibration block)
    {
    }

    public void OnFault(in JdatFault fault)
    {
    }

    public void OnEnd()
    {
    }

    public void Dispose()
    {
        _isOver = true;
        _writing?.Join(Timeout.Infinite);
        _from.Shutdown(SocketShutdown.Both);
        if (_writing is not null)
        {
            _reading.Join();
        }

        _from.Dispose();
        _to.Dispose();
    }

    private static Socket Connect(string path)
    {
        Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Connect(new UnixDomainSocketEndPoint(path));
        return socket;
    }

    private void Write()
    {
        JdatWriter writer = new();
        float[] silence = new float[LineFrames];
        float[] pulse = ProbeSound.Pulse(LineFrames);
        MeshTime begin = MeshClock.Now;
        for (long line = 0; !_isOver; line++)
        {
            if (line == WarmUpLines)
            {
                // What piled up while both ends were compiled is played out, and the ring begins again at its depth.
                begin = begin.Add(PauseNs);
            }

            MeshTime due = begin.Add(new FrameCount(line * LineFrames).ToNanoseconds(Recorded.Rate));
            DeadlineTimer.WaitUntil(due);
            if (MeshClock.Now - due > MostLateNs)
            {
                // What was not written in time is left out: made up for at once, it would wait ever after.
                begin = begin.Add(MeshClock.Now - due);
            }

            bool isPulse = _isArmed && line % Every == 0 && _written < MostPulses;
            ReadOnlySpan<byte> bytes = writer.Write(new JdatAudio(due, "trip", Recorded.Rate, 1, false, 1), isPulse ? pulse : silence);
            if (isPulse)
            {
                _writtenNs[_written++] = MeshClock.Now.Nanoseconds;
            }

            while (bytes.Length > 0)
            {
                bytes = bytes[_to.Send(bytes)..];
            }
        }
    }

    private void Read()
    {
        JdatStream stream = new(this);
        byte[] buffer = new byte[1 << 16];
        while (_from.Receive(buffer) is > 0 and int bytes)
        {
            _now = MeshClock.Now.Nanoseconds;
            stream.Feed(buffer.AsSpan(0, bytes));
        }
    }
}
