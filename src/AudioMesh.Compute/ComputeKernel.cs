// SPDX-License-Identifier: MIT
using System.Reflection;
using System.Text;

namespace AudioMesh.Compute;

/// <summary>A kernel in all its executions: GLSL's, as SPIR-V and MSL, the scalar C# that is its oracle, and the SIMD C#.</summary>
public sealed unsafe class ComputeKernel
{
    internal ComputeKernel(
        string name,
        int bufferCount,
        (int X, int Y, int Z) groupSize,
        int sharedBytes,
        delegate*<in KernelCall, void> oracle,
        delegate*<in KernelCall, void> simd)
    {
        Name = name;
        BufferCount = bufferCount;
        GroupSize = groupSize;
        SharedBytes = sharedBytes;
        Oracle = oracle;
        Simd = simd;
    }

    /// <summary>The name of its file in <c>native/kernels</c>, without the ending.</summary>
    public string Name { get; }

    /// <summary>How many buffers it binds: set 0, bindings from 0 on without a hole.</summary>
    public int BufferCount { get; }

    /// <summary>Invocations in a workgroup.</summary>
    public (int X, int Y, int Z) GroupSize { get; }

    /// <summary>Bytes of memory that a workgroup shares.</summary>
    public int SharedBytes { get; }

    internal delegate*<in KernelCall, void> Oracle { get; }

    internal delegate*<in KernelCall, void> Simd { get; }

    /// <summary>Its SPIR-V; the entry point is <c>main</c>.</summary>
    public byte[] SpirV => Resource($"{Name}.spv");

    /// <summary>Its MSL; the entry point has the kernel's name and buffers have their binding's index.</summary>
    public string Msl => Encoding.UTF8.GetString(Resource($"{Name}.metal"));

    private static byte[] Resource(string file)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(file)
            ?? throw new AudioMeshException(AudioErrorKind.Internal, $"The kernel {file} was not built into AudioMesh.Compute.");
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
