// SPDX-License-Identifier: MIT
namespace AudioMesh.Network.Jdat;

/// <summary>Standard output. It waits for who reads it; what comes meanwhile is lost before it, in the ring.</summary>
internal sealed class StandardOutputPort : IJdatOutputPort
{
    // What a pipe that is writable takes without waiting.
    private const int PageBytes = 4096;
    private const int WaitMs = 50;

    private bool _isClosed;
    private long _droppedLines;

    public int Clients => Volatile.Read(ref _isClosed) ? 0 : 1;

    public long DroppedLines => Volatile.Read(ref _droppedLines);

    public long DroppedClients => 0;

    public bool IsClosed => Volatile.Read(ref _isClosed);

    public void Send(ReadOnlySpan<byte> line, ref readonly bool isStopping)
    {
        while (!line.IsEmpty && !_isClosed)
        {
            if (!Descriptors.WaitWritable(Descriptors.StandardOutput, WaitMs))
            {
                if (Volatile.Read(in isStopping))
                {
                    break;
                }

                continue;
            }

            int written = Descriptors.Write(Descriptors.StandardOutput, line[..Math.Min(line.Length, PageBytes)]);
            Volatile.Write(ref _isClosed, written < 0);
            line = line[Math.Max(written, 0)..];
        }

        Volatile.Write(ref _droppedLines, _droppedLines + (line.IsEmpty ? 0 : 1));
    }

    public void Pump()
    {
    }

    public void Dispose()
    {
    }
}
