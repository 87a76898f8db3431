// SPDX-License-Identifier: MIT
// The part of the CoreAudio C ABI that AudioMesh uses, written from recorded names, numbers and offsets.
#ifndef AUDIOMESH_HAL_ABI_H
#define AUDIOMESH_HAL_ABI_H

#include <stddef.h>
#include <stdint.h>

typedef uint8_t Boolean;
typedef uint32_t UInt32;
typedef uint64_t UInt64;
typedef double Float64;
typedef int32_t OSStatus;
typedef UInt32 AudioObjectID;
typedef const struct FakeString *CFStringRef;
typedef const void *CFTypeRef;
typedef const void *CFAllocatorRef;
typedef long CFIndex;
typedef UInt32 CFStringEncoding;

typedef struct {
    UInt32 mSelector;
    UInt32 mScope;
    UInt32 mElement;
} AudioObjectPropertyAddress;

typedef struct {
    int16_t mSubframes;
    int16_t mSubframeDivisor;
    UInt32 mCounter;
    UInt32 mType;
    UInt32 mFlags;
    int16_t mHours;
    int16_t mMinutes;
    int16_t mSeconds;
    int16_t mFrames;
} SMPTETime;

typedef struct {
    Float64 mSampleTime;
    UInt64 mHostTime;
    Float64 mRateScalar;
    UInt64 mWordClockTime;
    SMPTETime mSMPTETime;
    UInt32 mFlags;
    UInt32 mReserved;
} AudioTimeStamp;

typedef struct {
    UInt32 mNumberChannels;
    UInt32 mDataByteSize;
    void *mData;
} AudioBuffer;

typedef struct {
    UInt32 mNumberBuffers;
    AudioBuffer mBuffers[1];
} AudioBufferList;

typedef struct {
    Float64 mSampleRate;
    UInt32 mFormatID;
    UInt32 mFormatFlags;
    UInt32 mBytesPerPacket;
    UInt32 mFramesPerPacket;
    UInt32 mBytesPerFrame;
    UInt32 mChannelsPerFrame;
    UInt32 mBitsPerChannel;
    UInt32 mReserved;
} AudioStreamBasicDescription;

typedef struct {
    Float64 mMinimum;
    Float64 mMaximum;
} AudioValueRange;

typedef OSStatus (*AudioDeviceIOProc)(AudioObjectID device, const AudioTimeStamp *now, const AudioBufferList *input,
                                      const AudioTimeStamp *inputTime, AudioBufferList *output,
                                      const AudioTimeStamp *outputTime, void *client);
typedef AudioDeviceIOProc AudioDeviceIOProcID;
typedef OSStatus (*AudioObjectPropertyListenerProc)(AudioObjectID object, UInt32 count,
                                                    const AudioObjectPropertyAddress *addresses, void *client);

_Static_assert(sizeof(AudioObjectPropertyAddress) == 12, "AudioObjectPropertyAddress");
_Static_assert(sizeof(SMPTETime) == 24 && offsetof(SMPTETime, mCounter) == 4 && offsetof(SMPTETime, mHours) == 16, "SMPTETime");
_Static_assert(sizeof(AudioTimeStamp) == 64, "AudioTimeStamp");
_Static_assert(offsetof(AudioTimeStamp, mHostTime) == 8 && offsetof(AudioTimeStamp, mRateScalar) == 16, "AudioTimeStamp");
_Static_assert(offsetof(AudioTimeStamp, mWordClockTime) == 24 && offsetof(AudioTimeStamp, mSMPTETime) == 32, "AudioTimeStamp");
_Static_assert(offsetof(AudioTimeStamp, mFlags) == 56 && offsetof(AudioTimeStamp, mReserved) == 60, "AudioTimeStamp");
_Static_assert(sizeof(AudioBuffer) == 16 && offsetof(AudioBuffer, mDataByteSize) == 4 && offsetof(AudioBuffer, mData) == 8, "AudioBuffer");
_Static_assert(sizeof(AudioBufferList) == 24 && offsetof(AudioBufferList, mBuffers) == 8, "AudioBufferList");
_Static_assert(sizeof(AudioStreamBasicDescription) == 40, "AudioStreamBasicDescription");
_Static_assert(offsetof(AudioStreamBasicDescription, mFormatID) == 8, "AudioStreamBasicDescription");
_Static_assert(offsetof(AudioStreamBasicDescription, mBytesPerPacket) == 16, "AudioStreamBasicDescription");
_Static_assert(offsetof(AudioStreamBasicDescription, mChannelsPerFrame) == 28, "AudioStreamBasicDescription");
_Static_assert(offsetof(AudioStreamBasicDescription, mBitsPerChannel) == 32, "AudioStreamBasicDescription");
_Static_assert(sizeof(AudioValueRange) == 16, "AudioValueRange");
_Static_assert(sizeof(Boolean) == 1 && sizeof(CFIndex) == 8, "scalars");

#define FOURCC(a, b, c, d) (((UInt32)(a) << 24) | ((UInt32)(b) << 16) | ((UInt32)(c) << 8) | (UInt32)(d))

enum {
    kSystemObject = 1,
    kScopeGlobal = FOURCC('g', 'l', 'o', 'b'),
    kScopeInput = FOURCC('i', 'n', 'p', 't'),
    kScopeOutput = FOURCC('o', 'u', 't', 'p'),
    kDevices = FOURCC('d', 'e', 'v', '#'),
    kDefaultInput = FOURCC('d', 'I', 'n', ' '),
    kDefaultOutput = FOURCC('d', 'O', 'u', 't'),
    kTranslateUID = FOURCC('u', 'i', 'd', 'd'),
    kServiceRestarted = FOURCC('s', 'r', 's', 't'),
    kDeviceUID = FOURCC('u', 'i', 'd', ' '),
    kName = FOURCC('l', 'n', 'a', 'm'),
    kIsAlive = FOURCC('l', 'i', 'v', 'n'),
    kIsRunning = FOURCC('g', 'o', 'i', 'n'),
    kHogMode = FOURCC('o', 'i', 'n', 'k'),
    kStoppedAbnormally = FOURCC('s', 't', 'p', 'd'),
    kOverload = FOURCC('o', 'v', 'e', 'r'),
    kBufferFrameSize = FOURCC('f', 's', 'i', 'z'),
    kBufferFrameSizeRange = FOURCC('f', 's', 'z', '#'),
    kVariableFrameSizes = FOURCC('v', 'f', 's', 'z'),
    kNominalRate = FOURCC('n', 's', 'r', 't'),
    kAvailableRates = FOURCC('n', 's', 'r', '#'),
    kStreamConfiguration = FOURCC('s', 'l', 'a', 'y'),
    kIOProcStreamUsage = FOURCC('s', 'u', 's', 'e'),
    kStreams = FOURCC('s', 't', 'm', '#'),
    kLatency = FOURCC('l', 't', 'n', 'c'),
    kSafetyOffset = FOURCC('s', 'a', 'f', 't'),
    kVirtualFormat = FOURCC('s', 'f', 'm', 't'),
    kLinearPCM = FOURCC('l', 'p', 'c', 'm'),
    kFloatPacked = 9,
    kSignedPacked = 12,
    kSampleTimeValid = 1,
    kHostTimeValid = 2,
    kRateScalarValid = 4,
    kEncodingUTF8 = 0x08000100,
};

enum {
    kNoError = 0,
    kUnknownProperty = FOURCC('w', 'h', 'o', '?'),
    kBadPropertySize = FOURCC('!', 's', 'i', 'z'),
    kIllegalOperation = FOURCC('n', 'o', 'p', 'e'),
    kBadObject = FOURCC('!', 'o', 'b', 'j'),
    kBadDevice = FOURCC('!', 'd', 'e', 'v'),
    kPermissions = FOURCC('!', 'h', 'o', 'g'),
};

#endif
