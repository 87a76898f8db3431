// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using AudioMesh.Clock;
using AudioMesh.Realtime;

namespace AudioMesh.Native;

/// <summary>The functions of audiomesh.h that move sound. Contracts are stated there.</summary>
internal static unsafe class NodeExports
{
    [UnmanagedCallersOnly(EntryPoint = "am_node_ring", CallConvs = [typeof(CallConvCdecl)])]
    public static int Ring(void* engine, uint node, void** memory, nuint* bytes)
    {
        try
        {
            Arguments.NotNull(memory, "memory");
            Arguments.NotNull(bytes, "bytes");
            FrameRing ring = EngineHandle.From(engine).Ring(node);
            *memory = ring.Memory;
            *bytes = (nuint)ring.Bytes;
            return 0;
        }
        catch (Exception error)
        {
            return LastError.Set(error);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "am_node_write", CallConvs = [typeof(CallConvCdecl)])]
    public static int Write(void* engine, uint node, float* samples, uint frames, long timestamp, uint* written)
    {
        try
        {
            Arguments.NotNull(samples, "samples");
            Arguments.NotNull(written, "written");
            FrameRing ring = EngineHandle.From(engine).Ring(node, isWritten: true);
            int fitting = (int)Math.Min(frames, (uint)ring.Writer.WritableFrames);
            ReadOnlySpan<float> block = new(samples, fitting * ring.Channels);
            *written = (uint)ring.Writer.Write(block, new MeshTime(timestamp), FrameFlags.None);
            return 0;
        }
        catch (Exception error)
        {
            return LastError.Set(error);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "am_node_read", CallConvs = [typeof(CallConvCdecl)])]
    public static int Read(void* engine, uint node, float* samples, uint frames, uint* read, long* timestamp, uint* flags)
    {
        try
        {
            Arguments.NotNull(samples, "samples");
            Arguments.NotNull(read, "read");
            FrameRing ring = EngineHandle.From(engine).Ring(node, isWritten: false);
            int wanted = (int)Math.Min(frames, (uint)ring.CapacityFrames);
            *read = (uint)ring.Reader.Read(new Span<float>(samples, wanted * ring.Channels), out JamAudioFrame first);
            if (timestamp != null)
            {
                *timestamp = first.TimestampGpu.Nanoseconds;
            }

            if (flags != null)
            {
                *flags = (uint)first.Flags;
            }

            return 0;
        }
        catch (Exception error)
        {
            return LastError.Set(error);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "am_node_complete", CallConvs = [typeof(CallConvCdecl)])]
    public static int Complete(void* engine, uint node)
    {
        try
        {
            EngineHandle.From(engine).Ring(node, isWritten: true).Writer.Complete();
            return 0;
        }
        catch (Exception error)
        {
            return LastError.Set(error);
        }
    }
}
