// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace AudioMesh.Files;

/// <summary>
/// Walks the chunks of a RIFF/WAVE, RF64 (EBU Tech 3306) or BW64 (ITU-R BS.2088) file. Trusts no number in it: sizes are held against the
/// file's length, and a file of endless tiny chunks is given up on.
/// </summary>
internal sealed class WavHeaderReader
{
    private const int MaxChunks = 4096;
    private const int ChunkHeadBytes = 8;
    private const int RiffHeadBytes = 12;
    private const int Ds64Bytes = 28;
    private const uint SizeElsewhere = 0xFFFFFFFF;

    // What sox writes when it cannot go back to the header.
    private const uint SoxStreamedSize = 0x7FFFF000;

    private readonly SafeFileHandle _file;
    private readonly string _path;
    private readonly long _length;
    private readonly byte[] _scratch = new byte[BroadcastExtension.BytesToTimeReference];

    private AudioContainer _container;
    private ulong _riffSize;
    private ulong? _longDataSize;
    private WavFormat? _format;
    private long? _timeReference;
    private long? _dataStart;
    private long _dataBytes;
    private bool _isTruncated;

    private WavHeaderReader(string path, SafeFileHandle file, long length) => (_path, _file, _length) = (path, file, length);

    /// <summary>Reads the header. Throws FileInvalid or FormatUnsupported, and what the system throws.</summary>
    public static WavHeader Read(string path, SafeFileHandle file)
    {
        WavHeaderReader reader = new(path, file, RandomAccess.GetLength(file));
        reader.ReadRiffHead();
        reader.WalkChunks();
        return reader.Result();
    }

    private void ReadRiffHead()
    {
        Span<byte> head = _scratch.AsSpan(0, RiffHeadBytes);
        if (!FileBytes.TryRead(_file, 0, head))
        {
            throw FileErrors.Invalid(_path, $"ends within its header, after {_length} bytes");
        }

        if (!head[8..].SequenceEqual("WAVE"u8))
        {
            throw FileErrors.Invalid(_path, "is RIFF but not WAVE");
        }

        if (head.StartsWith("RIFX"u8))
        {
            throw FileErrors.Unsupported(_path, "is big-endian WAV");
        }

        _container = head[..4] switch
        {
            [(byte)'R', (byte)'F', ..] => AudioContainer.Rf64,
            [(byte)'B', ..] => AudioContainer.Bw64,
            _ => AudioContainer.Wav,
        };
        _riffSize = BinaryPrimitives.ReadUInt32LittleEndian(head[4..]);
    }

    private void WalkChunks()
    {
        Span<byte> head = stackalloc byte[ChunkHeadBytes];
        long at = RiffHeadBytes;
        for (int count = 0; count < MaxChunks && FileBytes.TryRead(_file, at, head); count++)
        {
            long body = at + ChunkHeadBytes;
            uint size = BinaryPrimitives.ReadUInt32LittleEndian(head[4..]);
            long next = body + size + (size & 1);
            if (head.StartsWith("data"u8) && _dataStart is null)
            {
                next = TakeData(body, size);
            }
            else
            {
                TakeOther(head, body, size);
            }

            at = next;
        }
    }

    private void TakeOther(ReadOnlySpan<byte> id, long body, uint size)
    {
        if (id.StartsWith("fmt "u8) && _format is null)
        {
            _format = WavFormat.Parse(_path, ChunkStart(body, size, WavFormat.ExtensibleBytes));
        }
        else if (id.StartsWith("bext"u8))
        {
            _timeReference ??= BroadcastExtension.ReadTimeReference(ChunkStart(body, size, BroadcastExtension.BytesToTimeReference));
        }
        else if (id.StartsWith("ds64"u8) && _container != AudioContainer.Wav && _longDataSize is null)
        {
            TakeDs64(ChunkStart(body, size, Ds64Bytes));
        }
    }

    private void TakeDs64(ReadOnlySpan<byte> chunk)
    {
        if (chunk.Length < Ds64Bytes)
        {
            throw FileErrors.Invalid(_path, $"its ds64 chunk has {chunk.Length} bytes, fewer than {Ds64Bytes}");
        }

        _riffSize = BinaryPrimitives.ReadUInt64LittleEndian(chunk);
        _longDataSize = BinaryPrimitives.ReadUInt64LittleEndian(chunk[8..]);
    }

    /// <summary>Notes where the samples are and returns where the next chunk would be.</summary>
    private long TakeData(long body, uint size)
    {
        ulong declared = size == SizeElsewhere ? _longDataSize ?? SizeElsewhere : size;
        ulong available = (ulong)Math.Max(0, _length - body);
        bool isStreamed = IsStreamed(declared);
        ulong bytes = isStreamed ? available : Math.Min(declared, available);
        _dataStart = body;
        _dataBytes = (long)bytes;
        _isTruncated = !isStreamed && declared > available;
        return body + _dataBytes + (_dataBytes & 1);
    }

    /// <summary>Whether the size says that the writer never knew it: then the samples go on to the end of the file.</summary>
    private bool IsStreamed(ulong declared)
    {
        bool isWholeFile = _riffSize + ChunkHeadBytes == (ulong)_length;
        return declared switch
        {
            0 => !isWholeFile,
            SizeElsewhere => _longDataSize is null,
            ulong.MaxValue => true,
            SoxStreamedSize => declared > (ulong)_length,
            _ => false,
        };
    }

    private ReadOnlySpan<byte> ChunkStart(long body, uint size, int maxBytes)
    {
        Span<byte> start = _scratch.AsSpan(0, (int)Math.Min(size, (uint)maxBytes));
        return start[..FileBytes.ReadUpTo(_file, body, start)];
    }

    private WavHeader Result()
    {
        WavFormat format = _format ?? throw FileErrors.Invalid(_path, "has no fmt chunk");
        long dataStart = _dataStart ?? throw FileErrors.Invalid(_path, "has no data chunk");
        return new WavHeader(_container, format, dataStart, _dataBytes / format.BytesPerFrame, _timeReference, _isTruncated);
    }
}
