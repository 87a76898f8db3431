// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using AudioMesh.Clock;
using AudioMesh.Network.Interop;

namespace AudioMesh.Network.Sockets;

/// <summary>Memory for datagrams that are read together, with the kernel's times where it is Linux. One thread.</summary>
internal sealed unsafe class DatagramBatch : IDisposable
{
    private const int Count = 32;
    private const int RoomBytes = 9216;
    private const int ControlBytes = 64;
    private const int NameBytes = 32;
    private const int SlotBytes = RoomBytes + ControlBytes + NameBytes;
    private const long OldestNs = 1_000_000_000;

    private readonly LibC.MMsgHdr* _messages = (LibC.MMsgHdr*)NativeMemory.AllocZeroed(Count, (nuint)sizeof(LibC.MMsgHdr));
    private readonly LibC.IoVec* _vectors = (LibC.IoVec*)NativeMemory.AllocZeroed(Count, (nuint)sizeof(LibC.IoVec));
    private readonly byte* _slots = (byte*)NativeMemory.AllocZeroed(Count, SlotBytes);
    private MeshTime _readAt;
    private long _wallAtRead;

    public void Dispose()
    {
        NativeMemory.Free(_messages);
        NativeMemory.Free(_vectors);
        NativeMemory.Free(_slots);
    }

    /// <summary>Reads what there is, without waiting, and returns how many; negative for an error, whose number <see cref="LibC.LastError"/> has.</summary>
    internal int Receive(int socket)
    {
        int got = OperatingSystem.IsLinux() ? ReceiveMany(socket) : ReceiveOne(socket);
        _readAt = MeshClock.Now;
        if (OperatingSystem.IsLinux())
        {
            LibC.TimeSpec wall;
            _ = LibC.clock_gettime(LibC.CLOCK_REALTIME, &wall);
            _wallAtRead = ToNanoseconds(wall);
        }

        return got;
    }

    internal PeerAddress From(int index) => SocketAddressBytes.Read(new ReadOnlySpan<byte>(NameOf(index), NameBytes));

    internal ReadOnlySpan<byte> Bytes(int index) => new(SlotOf(index), (int)_messages[index].Received);

    internal bool IsWhole(int index) => (_messages[index].Header.Flags & LibC.MSG_TRUNC) == 0 && _messages[index].Received < RoomBytes;

    /// <summary>
    /// When it came, by this host's monotonic clock. The kernel says it by the wall clock: what counts is how long ago that was when it was read. A wall clock that was set meanwhile
    /// shows in an age that cannot be, and then it is the time of reading.
    /// </summary>
    internal MeshTime Arrival(int index, out bool isKernels)
    {
        LibC.MsgHdr* message = &_messages[index].Header;
        LibC.CMsgHdr* control = (LibC.CMsgHdr*)message->Control;
        isKernels = false;
        if (message->ControlBytes < (nuint)(sizeof(LibC.CMsgHdr) + sizeof(LibC.TimeSpec)) || control->Level != LibC.SOL_SOCKET || control->Type != LibC.SO_TIMESTAMPNS)
        {
            return _readAt;
        }

        long age = _wallAtRead - ToNanoseconds(*(LibC.TimeSpec*)(control + 1));
        isKernels = age is >= 0 and <= OldestNs;
        return isKernels ? _readAt.Add(-age) : _readAt;
    }

    private static long ToNanoseconds(LibC.TimeSpec time) => (time.Seconds * 1_000_000_000) + time.Nanoseconds;

    private int ReceiveMany(int socket)
    {
        for (int i = 0; i < Count; i++)
        {
            _vectors[i] = new LibC.IoVec { Base = SlotOf(i), Length = RoomBytes };
            _messages[i].Header = new LibC.MsgHdr
            {
                Name = NameOf(i),
                NameBytes = NameBytes,
                Vectors = &_vectors[i],
                VectorCount = 1,
                Control = SlotOf(i) + RoomBytes,
                ControlBytes = ControlBytes,
            };
        }

        return LibC.recvmmsg(socket, _messages, Count, LibC.MSG_DONTWAIT, null);
    }

    private int ReceiveOne(int socket)
    {
        uint nameBytes = NameBytes;
        nint got = LibC.recvfrom(socket, SlotOf(0), RoomBytes, LibC.MSG_DONTWAIT, NameOf(0), &nameBytes);
        _messages[0] = new LibC.MMsgHdr { Received = (uint)Math.Max(0, got) };
        return got < 0 ? -1 : 1;
    }

    private byte* SlotOf(int index) => _slots + (index * SlotBytes);

    private byte* NameOf(int index) => SlotOf(index) + RoomBytes + ControlBytes;
}
