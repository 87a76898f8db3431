// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace AudioMesh.Compute.Metal.Interop;

/// <summary>Metal, found at run time, and the messages that are sent to it. Executed against fakes on Linux, never on macOS.</summary>
internal sealed unsafe class MetalFramework
{
    public const nuint MTLResourceStorageModeShared = 0;
    public const nuint MTLCommandBufferStatusError = 5;
    public const long MTLGPUFamilyMetal3 = 5001;

    private const string Runtime = "/usr/lib/libobjc.A.dylib";
    private const string System = "/usr/lib/libSystem.B.dylib";
    private const string Metal = "/System/Library/Frameworks/Metal.framework/Versions/A/Metal";

    /// <summary>In a program without it Metal has no devices.</summary>
    private const string CoreGraphics = "/System/Library/Frameworks/CoreGraphics.framework/Versions/A/CoreGraphics";

    private readonly delegate* unmanaged<nint> _copyAllDevices;

    private MetalFramework(nint runtime, nint system, nint metal)
    {
        ObjC = new(runtime, system);
        _copyAllDevices = (delegate* unmanaged<nint>)NativeLibrary.GetExport(metal, "MTLCopyAllDevices");
        Foundation = new(ObjC);
        Device = new(ObjC);
        CompileOptions = new(ObjC);
        Library = new(ObjC);
        Pipeline = new(ObjC);
        Buffer = new(ObjC);
        Queue = new(ObjC);
        Commands = new(ObjC);
        Encoder = new(ObjC);
    }

    public ObjC ObjC { get; }

    public Foundation Foundation { get; }

    public MTLDevice Device { get; }

    public MTLCompileOptions CompileOptions { get; }

    public MTLLibrary Library { get; }

    public MTLComputePipelineState Pipeline { get; }

    public MTLBuffer Buffer { get; }

    public MTLCommandQueue Queue { get; }

    public MTLCommandBuffer Commands { get; }

    public MTLComputeCommandEncoder Encoder { get; }

    /// <summary>Opens the frameworks, or the one library at <paramref name="path"/> that stands in for all. Throws <see cref="AudioErrorKind.LibraryMissing"/>.</summary>
    public static MetalFramework Load(string? path)
    {
        if (path is not null)
        {
            nint standIn = Open(path);
            return new(standIn, standIn, standIn);
        }

        Open(CoreGraphics);
        return new(Open(Runtime), Open(System), Open(Metal));
    }

    /// <summary>An NSArray of devices, owned by the caller.</summary>
    public nint CopyAllDevices() => _copyAllDevices();

    private static nint Open(string path) => NativeLibrary.TryLoad(path, out nint library)
        ? library
        : throw new AudioMeshException(AudioErrorKind.LibraryMissing, $"{path} cannot be opened: Metal is part of macOS, and there only.");
}
