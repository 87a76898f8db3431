// SPDX-License-Identifier: MIT
namespace AudioMesh.Control;

/// <summary>Splits a stream into lines of bounded length.</summary>
internal sealed class LineReader(Stream stream, int maxBytes = LineReader.MaxReplyBytes)
{
    /// <summary>The longest reply or event a client accepts.</summary>
    public const int MaxReplyBytes = 16 << 20;

    private byte[] _buffer = new byte[4096];
    private int _start;
    private int _end;

    /// <summary>The next line without its end; null when the stream is over. Throws Protocol when a line is too long.</summary>
    public async ValueTask<byte[]?> ReadAsync(CancellationToken cancellation)
    {
        int searched = 0;
        while (true)
        {
            int length = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n');
            if (length >= 0)
            {
                byte[] line = _buffer.AsSpan(_start, searched + length).ToArray();
                _start += line.Length + 1;
                return line;
            }

            searched = _end - _start;
            if (searched > maxBytes)
            {
                throw new AudioMeshException(AudioErrorKind.Protocol, $"A line is longer than {maxBytes} bytes.");
            }

            MakeRoom();
            int read = await stream.ReadAsync(_buffer.AsMemory(_end), cancellation).ConfigureAwait(false);
            if (read == 0)
            {
                return null;
            }

            _end += read;
        }
    }

    private void MakeRoom()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }

        if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }
    }
}
