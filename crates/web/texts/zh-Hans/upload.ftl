# 分段上传的文件
upload-sending = 正在发送：{ $part }
upload-waiting = 网络中断。已发送的部分保留，恢复后自动继续。
upload-ending = 发送完毕，正在收存……
upload-progress = 文件已发送的比例
upload-small = 发送前缩小照片（最长边不超过 2048 像素）。照片自带的拍摄地点、时间和设备信息不再保留；如需以此为证，请取消勾选，发送原图。
upload-kept = “{ $name }”已发送并保留。只有要替换时才需另选文件。
