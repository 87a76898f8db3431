// SPDX-License-Identifier: MIT
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;

namespace AudioMesh.Daemon.Tests;

/// <summary>Descriptors beside bytes, as any program of the system sends them: SCM_RIGHTS, and memfd_create(2). Linux of 64 bits.</summary>
internal static unsafe partial class Rights
{
    private const int SocketLevel = 1;
    private const int ScmRights = 1;
    private const int ControlBytes = 24;

    /// <summary>A memory file of so many bytes that may be sealed.</summary>
    public static int CreateMemory(long bytes)
    {
        const uint CloseOnExec = 1;
        const uint AllowSealing = 2;
        int descriptor = memfd_create("audiomesh-test", CloseOnExec | AllowSealing);
        Assert.That(descriptor, Is.GreaterThanOrEqualTo(0), "memfd_create");
        Assert.That(ftruncate(descriptor, bytes), Is.Zero);
        return descriptor;
    }

    public static void Close(int descriptor) => close(descriptor);

    public static void Send(Socket socket, byte[] bytes, int descriptor)
    {
        byte* control = stackalloc byte[ControlBytes];
        *(nuint*)control = 20;
        *(int*)(control + 8) = SocketLevel;
        *(int*)(control + 12) = ScmRights;
        *(int*)(control + 16) = descriptor;
        fixed (byte* data = bytes)
        {
            Vector vector = new() { Base = data, Length = (nuint)bytes.Length };
            Message message = new() { Vectors = &vector, VectorCount = 1, Control = control, ControlLength = ControlBytes };
            Assert.That((int)sendmsg((int)socket.Handle, &message, 0), Is.EqualTo(bytes.Length));
        }
    }

    /// <summary>A line, and the descriptor that came with it; -1 for none.</summary>
    public static (string Line, int Descriptor) Receive(Socket socket)
    {
        StringBuilder line = new();
        int descriptor = -1;
        byte* data = stackalloc byte[1];
        byte* control = stackalloc byte[ControlBytes];
        while (line.Length == 0 || line[^1] != '\n')
        {
            Vector vector = new() { Base = data, Length = 1 };
            Message message = new() { Vectors = &vector, VectorCount = 1, Control = control, ControlLength = ControlBytes };
            Assert.That((int)recvmsg((int)socket.Handle, &message, 0), Is.EqualTo(1), "The daemon hung up.");
            line.Append((char)*data);
            if (message.ControlLength >= 20 && *(int*)(control + 12) == ScmRights)
            {
                descriptor = *(int*)(control + 16);
            }
        }

        return (line.ToString(), descriptor);
    }

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int memfd_create(string name, uint flags);

    [LibraryImport("libc")]
    private static partial int ftruncate(int descriptor, long bytes);

    [LibraryImport("libc")]
    private static partial int close(int descriptor);

    [LibraryImport("libc")]
    private static partial nint sendmsg(int socket, Message* message, int flags);

    [LibraryImport("libc")]
    private static partial nint recvmsg(int socket, Message* message, int flags);

    [StructLayout(LayoutKind.Sequential)]
    private struct Vector
    {
        public byte* Base;
        public nuint Length;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Message
    {
        public void* Name;
        public uint NameLength;
        public Vector* Vectors;
        public nuint VectorCount;
        public void* Control;
        public nuint ControlLength;
        public int Flags;
    }
}
