// SPDX-License-Identifier: MIT
using System.Net.Sockets;
using AudioMesh.Interop;
using Microsoft.Win32.SafeHandles;

namespace AudioMesh.Control.Server;

/// <summary>
/// A connected Unix socket that carries descriptors beside bytes (SCM_RIGHTS, unix(7)). Nothing here waits: <see cref="NothingNow"/> says that there is nothing to
/// read or no room to write. Throws IOException when the connection is broken. One reader and one writer at a time.
/// </summary>
internal sealed unsafe class DescriptorSocket(Socket socket) : IDisposable
{
    /// <summary>What reading and writing answer where they would have to wait.</summary>
    public const int NothingNow = -1;

    /// <summary>The most descriptors that come or go with one message; the system closes what comes beyond them.</summary>
    public const int MaxDescriptors = 16;

    /// <summary>Its number, for poll; valid until this is disposed.</summary>
    public int Handle => (int)socket.Handle;

    /// <summary>Looks at what is there without taking it; 0 when the other end has closed. Never past bytes that descriptors came with.</summary>
    public int Peek(Span<byte> buffer, out bool hasDescriptors)
    {
        LibC.MsgHdr message = default;
        int received = Receive(buffer, ref message, LibC.MSG_PEEK);
        hasDescriptors = received > 0 && (message.Flags & LibC.MSG_CTRUNC) != 0;
        return received;
    }

    /// <summary>Takes what is there, and adds the descriptors that came with it to <paramref name="descriptors"/>; 0 when the other end has closed.</summary>
    public int Receive(Span<byte> buffer, List<SafeFileHandle> descriptors)
    {
        Span<byte> control = stackalloc byte[RightsMessage.BytesFor(MaxDescriptors)];
        Span<int> numbers = stackalloc int[control.Length / sizeof(int)];
        fixed (byte* start = control)
        {
            LibC.MsgHdr message = new() { Control = start, ControlBytes = (uint)control.Length };
            int received = Receive(buffer, ref message, LibC.MSG_CMSG_CLOEXEC);
            int count = received > 0 ? RightsMessage.Read(control[..(int)message.ControlBytes], numbers) : 0;
            foreach (int number in numbers[..count])
            {
                descriptors.Add(new SafeFileHandle(number, ownsHandle: true));
            }

            return received;
        }
    }

    /// <summary>Sends from the beginning of <paramref name="bytes"/> as much as there is room for, <paramref name="descriptors"/> with the first of them.</summary>
    public int Send(ReadOnlySpan<byte> bytes, IReadOnlyList<SafeFileHandle> descriptors)
    {
        Span<byte> control = stackalloc byte[RightsMessage.BytesFor(MaxDescriptors)];
        Span<int> numbers = stackalloc int[descriptors.Count];
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] = (int)descriptors[i].DangerousGetHandle();
        }

        fixed (byte* start = bytes)
        fixed (byte* controlStart = control)
        {
            LibC.IoVec vector = new() { Base = start, Bytes = (nuint)bytes.Length };
            LibC.MsgHdr message = new() { Vectors = &vector, VectorCount = 1 };
            if (numbers.Length > 0)
            {
                message.Control = controlStart;
                message.ControlBytes = (uint)RightsMessage.Write(control, numbers);
            }

            return Run(&message, isSending: true, LibC.MSG_NOSIGNAL);
        }
    }

    public void Dispose() => socket.Dispose();

    private int Receive(Span<byte> buffer, ref LibC.MsgHdr message, int flags)
    {
        fixed (byte* start = buffer)
        fixed (LibC.MsgHdr* header = &message)
        {
            LibC.IoVec vector = new() { Base = start, Bytes = (nuint)buffer.Length };
            message.Vectors = &vector;
            message.VectorCount = 1;
            return Run(header, isSending: false, flags);
        }
    }

    private int Run(LibC.MsgHdr* message, bool isSending, int flags)
    {
        bool isHeld = false;
        try
        {
            socket.SafeHandle.DangerousAddRef(ref isHeld);
            int fd = (int)socket.SafeHandle.DangerousGetHandle();
            nint done = isSending ? LibC.sendmsg(fd, message, flags | LibC.MSG_DONTWAIT) : LibC.recvmsg(fd, message, flags | LibC.MSG_DONTWAIT);
            int error = done < 0 ? LibC.LastError : 0;
            return done >= 0 ? (int)done
                : error == LibC.EAGAIN || error == LibC.EINTR ? NothingNow
                : throw new IOException(LibC.ErrorText(error));
        }
        finally
        {
            if (isHeld)
            {
                socket.SafeHandle.DangerousRelease();
            }
        }
    }
}
