" Made from the table of statements by tests/suite/grammars: change it there.
if exists("b:current_syntax")
  finish
endif

syn iskeyword @,48-57,_,-
syn sync minlines=200

syn match todocComment /#.*$/
syn match todocEnumMember /\.\@1<!\<\h\k*/ contained
syn match todocNumber /\<\d\+\%(\.\d\+\)*[A-Za-z%]*\%(\.\.\d\+\%(\.\d\+\)*[A-Za-z%]*\)\?/ contained
syn region todocString start=/"/ skip=/\\./ end=/"/ end=/$/ contained oneline
syn match todocReference /\<\h\k*\.[A-Za-z0-9_.-]*/ contained contains=todocReferenceThing,todocReferenceMember,todocReferenceTable,todocReferenceKey
syn match todocReferenceThing /\.\@1<!\<\h\k*\.\@=/ contained
syn match todocReferenceMember /\.\@1<=\h\k*/ contained
syn match todocReferenceTable /\.\@1<!\<\%(config\|secret\)\.\@=/ contained
syn match todocReferenceKey /\%(\.\@1<!\<\%(config\|secret\)\.\)\@7<=\h\k*/ contained
syn region todocList matchgroup=NONE start=/\[/ end=/\]/ end=/$/ contained contains=@todocValue
syn cluster todocValue contains=todocEnumMember,todocNumber,todocString,todocReference,todocList,todocComment
hi def link todocReferenceThing todocClass
hi def link todocReferenceMember todocProperty
hi def link todocReferenceTable todocKeyword
hi def link todocReferenceKey todocVariable

" Top
syn match todocTop_app_0 /\%(\.\@1<!\<app\s\+\)\@<=\<\h\k*\>\.\@!/ contained
hi def link todocTop_app_0 todocClass
syn region todocTop_app_block matchgroup=NONE start=/{/ end=/}/ contained contains=@todocApp
syn region todocTop_app matchgroup=todocKeyword start=/\.\@1<!\<app\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contains=@todocValue,todocTop_app_0,todocTop_app_block
syn region todocTop_config_block matchgroup=NONE start=/{/ end=/}/ contained contains=@todocShared
syn region todocTop_config matchgroup=todocKeyword start=/\.\@1<!\<config\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contains=@todocValue,todocTop_config_block
syn match todocTop_cron_0 /\%(\.\@1<!\<cron\s\+\)\@<=\<\%(\%(from\|zone\)\>\)\@!\h\k*\>\.\@!/ contained
hi def link todocTop_cron_0 todocClass
syn match todocTop_cron_from /\%(\.\@1<!\<from\s\+\)\@<=\<\%(\%(from\|zone\)\>\)\@!\h\k*\>\.\@!/ contained
hi def link todocTop_cron_from todocClass
syn region todocTop_cron_block matchgroup=NONE start=/{/ end=/}/ contained contains=@todocJob
syn region todocTop_cron matchgroup=todocKeyword start=/\.\@1<!\<cron\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contains=@todocValue,todocTop_cron_0,todocTop_cron_from,todocTop_cron_block
syn match todocTop_external_0 /\%(\.\@1<!\<external\s\+\)\@<=\<\h\k*\>\.\@!/ contained
hi def link todocTop_external_0 todocClass
syn region todocTop_external_block matchgroup=NONE start=/{/ end=/}/ contained contains=@todocExternalService
syn region todocTop_external matchgroup=todocKeyword start=/\.\@1<!\<external\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contains=@todocValue,todocTop_external_0,todocTop_external_block
syn match todocTop_job_0 /\%(\.\@1<!\<job\s\+\)\@<=\<\%(\%(from\)\>\)\@!\h\k*\>\.\@!/ contained
hi def link todocTop_job_0 todocClass
syn match todocTop_job_from /\%(\.\@1<!\<from\s\+\)\@<=\<\%(\%(from\)\>\)\@!\h\k*\>\.\@!/ contained
hi def link todocTop_job_from todocClass
syn region todocTop_job_block matchgroup=NONE start=/{/ end=/}/ contained contains=@todocJob
syn region todocTop_job matchgroup=todocKeyword start=/\.\@1<!\<job\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contains=@todocValue,todocTop_job_0,todocTop_job_from,todocTop_job_block
syn match todocTop_mongodb_0 /\%(\.\@1<!\<mongodb\s\+\)\@<=\<\%(\%(external\)\>\)\@!\h\k*\>\.\@!/ contained
hi def link todocTop_mongodb_0 todocClass
syn region todocTop_mongodb_block matchgroup=NONE start=/{/ end=/}/ contained contains=@todocMongodb,@todocExternal
syn region todocTop_mongodb matchgroup=todocKeyword start=/\.\@1<!\<mongodb\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contains=@todocValue,todocTop_mongodb_0,todocTop_mongodb_block
syn match todocTop_mysql_0 /\%(\.\@1<!\<mysql\s\+\)\@<=\<\%(\%(external\)\>\)\@!\h\k*\>\.\@!/ contained
hi def link todocTop_mysql_0 todocClass
syn region todocTop_mysql_block matchgroup=NONE start=/{/ end=/}/ contained contains=@todocMysql,@todocExternal
syn region todocTop_mysql matchgroup=todocKeyword start=/\.\@1<!\<mysql\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contains=@todocValue,todocTop_mysql_0,todocTop_mysql_block
syn region todocTop_object matchgroup=todocKeyword start=/\.\@1<!\<object\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contains=@todocValue
syn match todocTop_postgres_0 /\%(\.\@1<!\<postgres\s\+\)\@<=\<\%(\%(external\)\>\)\@!\h\k*\>\.\@!/ contained
hi def link todocTop_postgres_0 todocClass
syn region todocTop_postgres_block matchgroup=NONE start=/{/ end=/}/ contained contains=@todocPostgres,@todocExternal
syn region todocTop_postgres matchgroup=todocKeyword start=/\.\@1<!\<postgres\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contains=@todocValue,todocTop_postgres_0,todocTop_postgres_block
syn match todocTop_rabbitmq_0 /\%(\.\@1<!\<rabbitmq\s\+\)\@<=\<\%(\%(external\)\>\)\@!\h\k*\>\.\@!/ contained
hi def link todocTop_rabbitmq_0 todocClass
syn region todocTop_rabbitmq_block matchgroup=NONE start=/{/ end=/}/ contained contains=@todocRabbitmq,@todocExternal
syn region todocTop_rabbitmq matchgroup=todocKeyword start=/\.\@1<!\<rabbitmq\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contains=@todocValue,todocTop_rabbitmq_0,todocTop_rabbitmq_block
syn match todocTop_redis_0 /\%(\.\@1<!\<redis\s\+\)\@<=\<\%(\%(external\)\>\)\@!\h\k*\>\.\@!/ contained
hi def link todocTop_redis_0 todocClass
syn region todocTop_redis_block matchgroup=NONE start=/{/ end=/}/ contained contains=@todocRedis,@todocExternal
syn region todocTop_redis matchgroup=todocKeyword start=/\.\@1<!\<redis\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contains=@todocValue,todocTop_redis_0,todocTop_redis_block
syn match todocTop_secret_0 /\%(\.\@1<!\<secret\s\+\)\@<=\<\%(\%(as\|env\|from\|key\|object\)\>\)\@!\h\k*\>\.\@!/ contained
hi def link todocTop_secret_0 todocVariable
syn match todocTop_secret_env /\%(\.\@1<!\<env\s\+\)\@<=\<\%(\%(as\|env\|from\|key\|object\)\>\)\@!\h\k*\>\.\@!/ contained
hi def link todocTop_secret_env todocVariable
syn region todocTop_secret_block matchgroup=NONE start=/{/ end=/}/ contained contains=@todocSecret
syn region todocTop_secret matchgroup=todocKeyword start=/\.\@1<!\<secret\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contains=@todocValue,todocTop_secret_0,todocTop_secret_env,todocTop_secret_block
syn match todocTop_target_0 /\%(\.\@1<!\<target\s\+\)\@<=\<\h\k*\>\.\@!/ contained
hi def link todocTop_target_0 todocClass
syn region todocTop_target_block matchgroup=NONE start=/{/ end=/}/ contained contains=@todocTarget
syn region todocTop_target matchgroup=todocKeyword start=/\.\@1<!\<target\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contains=@todocValue,todocTop_target_0,todocTop_target_block
syn match todocTop_tier_0 /\%(\.\@1<!\<tier\s\+\)\@<=\<\%(\%(from\)\>\)\@!\h\k*\>\.\@!/ contained
hi def link todocTop_tier_0 todocClass
syn match todocTop_tier_from /\%(\.\@1<!\<from\s\+\)\@<=\<\%(\%(from\)\>\)\@!\h\k*\>\.\@!/ contained
hi def link todocTop_tier_from todocClass
syn region todocTop_tier_block matchgroup=NONE start=/{/ end=/}/ contained contains=@todocTier
syn region todocTop_tier matchgroup=todocKeyword start=/\.\@1<!\<tier\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contains=@todocValue,todocTop_tier_0,todocTop_tier_from,todocTop_tier_block
syn match todocTop_valkey_0 /\%(\.\@1<!\<valkey\s\+\)\@<=\<\%(\%(external\)\>\)\@!\h\k*\>\.\@!/ contained
hi def link todocTop_valkey_0 todocClass
syn region todocTop_valkey_block matchgroup=NONE start=/{/ end=/}/ contained contains=@todocValkey,@todocExternal
syn region todocTop_valkey matchgroup=todocKeyword start=/\.\@1<!\<valkey\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contains=@todocValue,todocTop_valkey_0,todocTop_valkey_block
syn cluster todocTop contains=todocComment,todocTop_app,todocTop_config,todocTop_cron,todocTop_external,todocTop_job,todocTop_mongodb,todocTop_mysql,todocTop_object,todocTop_postgres,todocTop_rabbitmq,todocTop_redis,todocTop_secret,todocTop_target,todocTop_tier,todocTop_valkey

" App
syn match todocApp_allow_0 /\%(\.\@1<!\<allow\s\+\)\@<=\<\h\k*\>\.\@!/ contained
hi def link todocApp_allow_0 todocEnumMember
syn region todocApp_allow matchgroup=todocKeyword start=/\.\@1<!\<allow\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue,todocApp_allow_0
syn region todocApp_context matchgroup=todocKeyword start=/\.\@1<!\<context\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn region todocApp_helm_block matchgroup=NONE start=/{/ end=/}/ contained contains=@todocHelm
syn region todocApp_helm matchgroup=todocKeyword start=/\.\@1<!\<helm\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue,todocApp_helm_block
syn region todocApp_host matchgroup=todocKeyword start=/\.\@1<!\<host\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn region todocApp_images matchgroup=todocKeyword start=/\.\@1<!\<images\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn region todocApp_ingress_block matchgroup=NONE start=/{/ end=/}/ contained contains=@todocIngress,@todocRoutes
syn region todocApp_ingress matchgroup=todocKeyword start=/\.\@1<!\<ingress\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue,todocApp_ingress_block
syn region todocApp_labels_block matchgroup=NONE start=/{/ end=/}/ contained contains=@todocLabels
syn region todocApp_labels matchgroup=todocKeyword start=/\.\@1<!\<labels\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue,todocApp_labels_block
syn region todocApp_language matchgroup=todocKeyword start=/\.\@1<!\<language\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn match todocApp_namespace_0 /\%(\.\@1<!\<namespace\s\+\)\@<=\<\%(\%(existing\)\>\)\@!\h\k*\>\.\@!/ contained
hi def link todocApp_namespace_0 todocVariable
syn region todocApp_namespace matchgroup=todocKeyword start=/\.\@1<!\<namespace\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue,todocApp_namespace_0
syn region todocApp_naming_block matchgroup=NONE start=/{/ end=/}/ contained contains=@todocNaming
syn region todocApp_naming matchgroup=todocKeyword start=/\.\@1<!\<naming\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue,todocApp_naming_block
syn region todocApp_pins matchgroup=todocKeyword start=/\.\@1<!\<pins\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn region todocApp_platform matchgroup=todocKeyword start=/\.\@1<!\<platform\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn region todocApp_pull matchgroup=todocKeyword start=/\.\@1<!\<pull\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn region todocApp_pull_secret matchgroup=todocKeyword start=/\.\@1<!\<pull_secret\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn region todocApp_registry matchgroup=todocKeyword start=/\.\@1<!\<registry\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn region todocApp_tag matchgroup=todocKeyword start=/\.\@1<!\<tag\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn region todocApp_version matchgroup=todocKeyword start=/\.\@1<!\<version\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn match todocApp_without_0 /\%(\.\@1<!\<without\s\+\)\@<=\<\h\k*\>\.\@!/ contained
hi def link todocApp_without_0 todocEnumMember
syn region todocApp_without matchgroup=todocKeyword start=/\.\@1<!\<without\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue,todocApp_without_0
syn cluster todocApp contains=todocComment,todocApp_allow,todocApp_context,todocApp_helm,todocApp_host,todocApp_images,todocApp_ingress,todocApp_labels,todocApp_language,todocApp_namespace,todocApp_naming,todocApp_pins,todocApp_platform,todocApp_pull,todocApp_pull_secret,todocApp_registry,todocApp_tag,todocApp_version,todocApp_without

" Ingress
syn match todocIngress_allow_0 /\%(\.\@1<!\<allow\s\+\)\@<=\<\h\k*\>\.\@!/ contained
hi def link todocIngress_allow_0 todocEnumMember
syn region todocIngress_allow matchgroup=todocKeyword start=/\.\@1<!\<allow\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue,todocIngress_allow_0
syn region todocIngress_annotate matchgroup=todocKeyword start=/\.\@1<!\<annotate\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn region todocIngress_body matchgroup=todocKeyword start=/\.\@1<!\<body\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn region todocIngress_class matchgroup=todocKeyword start=/\.\@1<!\<class\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn region todocIngress_gateway matchgroup=todocKeyword start=/\.\@1<!\<gateway\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn region todocIngress_issuer matchgroup=todocKeyword start=/\.\@1<!\<issuer\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn region todocIngress_timeout matchgroup=todocKeyword start=/\.\@1<!\<timeout\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn cluster todocIngress contains=todocComment,todocIngress_allow,todocIngress_annotate,todocIngress_body,todocIngress_class,todocIngress_gateway,todocIngress_issuer,todocIngress_timeout

" Naming
syn match todocNaming_allow_0 /\%(\.\@1<!\<allow\s\+\)\@<=\<\h\k*\>\.\@!/ contained
hi def link todocNaming_allow_0 todocEnumMember
syn region todocNaming_allow matchgroup=todocKeyword start=/\.\@1<!\<allow\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue,todocNaming_allow_0
syn region todocNaming_config matchgroup=todocKeyword start=/\.\@1<!\<config\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn region todocNaming_image matchgroup=todocKeyword start=/\.\@1<!\<image\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn region todocNaming_label matchgroup=todocKeyword start=/\.\@1<!\<label\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn region todocNaming_secret matchgroup=todocKeyword start=/\.\@1<!\<secret\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn region todocNaming_selector matchgroup=todocKeyword start=/\.\@1<!\<selector\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn region todocNaming_service matchgroup=todocKeyword start=/\.\@1<!\<service\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn region todocNaming_tier_config matchgroup=todocKeyword start=/\.\@1<!\<tier_config\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn region todocNaming_tier_secret matchgroup=todocKeyword start=/\.\@1<!\<tier_secret\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn region todocNaming_workload matchgroup=todocKeyword start=/\.\@1<!\<workload\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn cluster todocNaming contains=todocComment,todocNaming_allow,todocNaming_config,todocNaming_image,todocNaming_label,todocNaming_secret,todocNaming_selector,todocNaming_service,todocNaming_tier_config,todocNaming_tier_secret,todocNaming_workload

" Helm
syn match todocHelm_allow_0 /\%(\.\@1<!\<allow\s\+\)\@<=\<\h\k*\>\.\@!/ contained
hi def link todocHelm_allow_0 todocEnumMember
syn region todocHelm_allow matchgroup=todocKeyword start=/\.\@1<!\<allow\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue,todocHelm_allow_0
syn region todocHelm_secrets matchgroup=todocKeyword start=/\.\@1<!\<secrets\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn match todocHelm_value_rest /\.\@1<!\<\h\k*\>\.\@!/ contained
hi def link todocHelm_value_rest todocEnumMember
syn region todocHelm_value matchgroup=todocKeyword start=/\.\@1<!\<value\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue,todocHelm_value_rest
syn region todocHelm_values matchgroup=todocKeyword start=/\.\@1<!\<values\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn cluster todocHelm contains=todocComment,todocHelm_allow,todocHelm_secrets,todocHelm_value,todocHelm_values

" Labels
syn region todocKeyLabelsWord matchgroup=todocVariable start=/\.\@1<!\<\h\k*/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn region todocKeyLabelsText matchgroup=todocString start=/"\%([^"\\]\|\\.\)*"/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn match todocLabels_allow_0 /\%(\.\@1<!\<allow\s\+\)\@<=\<\h\k*\>\.\@!/ contained
hi def link todocLabels_allow_0 todocEnumMember
syn region todocLabels_allow matchgroup=todocKeyword start=/\.\@1<!\<allow\>\%(\s\+[^ \t={},#]\)\@=/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue,todocLabels_allow_0
syn cluster todocLabels contains=todocComment,todocKeyLabelsWord,todocKeyLabelsText,todocLabels_allow

" Shared
syn region todocKeySharedWord matchgroup=todocVariable start=/\.\@1<!\<\h\k*/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn match todocShared_allow_0 /\%(\.\@1<!\<allow\s\+\)\@<=\<\h\k*\>\.\@!/ contained
hi def link todocShared_allow_0 todocEnumMember
syn region todocShared_allow matchgroup=todocKeyword start=/\.\@1<!\<allow\>\%(\s\+[^ \t={},#]\)\@=/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue,todocShared_allow_0
syn cluster todocShared contains=todocComment,todocKeySharedWord,todocShared_allow

" Config
syn region todocKeyConfigWord matchgroup=todocVariable start=/\.\@1<!\<\h\k*/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn region todocKeyConfigText matchgroup=todocString start=/"\%([^"\\]\|\\.\)*"/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn match todocConfig_allow_0 /\%(\.\@1<!\<allow\s\+\)\@<=\<\h\k*\>\.\@!/ contained
hi def link todocConfig_allow_0 todocEnumMember
syn region todocConfig_allow matchgroup=todocKeyword start=/\.\@1<!\<allow\>\%(\s\+[^ \t={},#]\)\@=/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue,todocConfig_allow_0
syn cluster todocConfig contains=todocComment,todocKeyConfigWord,todocKeyConfigText,todocConfig_allow

" Secret
syn match todocSecret_allow_0 /\%(\.\@1<!\<allow\s\+\)\@<=\<\h\k*\>\.\@!/ contained
hi def link todocSecret_allow_0 todocEnumMember
syn region todocSecret_allow matchgroup=todocKeyword start=/\.\@1<!\<allow\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue,todocSecret_allow_0
syn region todocSecret_message matchgroup=todocKeyword start=/\.\@1<!\<message\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn region todocSecret_min_length matchgroup=todocKeyword start=/\.\@1<!\<min_length\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn region todocSecret_optional matchgroup=todocKeyword start=/\.\@1<!\<optional\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn region todocSecret_starts_with matchgroup=todocKeyword start=/\.\@1<!\<starts_with\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn region todocSecret_url matchgroup=todocKeyword start=/\.\@1<!\<url\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn cluster todocSecret contains=todocComment,todocSecret_allow,todocSecret_message,todocSecret_min_length,todocSecret_optional,todocSecret_starts_with,todocSecret_url

" Postgres
syn region todocPostgres_admit matchgroup=todocKeyword start=/\.\@1<!\<admit\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn match todocPostgres_allow_0 /\%(\.\@1<!\<allow\s\+\)\@<=\<\h\k*\>\.\@!/ contained
hi def link todocPostgres_allow_0 todocEnumMember
syn region todocPostgres_allow matchgroup=todocKeyword start=/\.\@1<!\<allow\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue,todocPostgres_allow_0
syn region todocPostgres_args matchgroup=todocKeyword start=/\.\@1<!\<args\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn region todocPostgres_cpu matchgroup=todocKeyword start=/\.\@1<!\<cpu\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn match todocPostgres_database_0 /\%(\.\@1<!\<database\s\+\)\@<=\<\h\k*\>\.\@!/ contained
hi def link todocPostgres_database_0 todocVariable
syn region todocPostgres_database matchgroup=todocKeyword start=/\.\@1<!\<database\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue,todocPostgres_database_0
syn region todocPostgres_env_block matchgroup=NONE start=/{/ end=/}/ contained contains=@todocEnv
syn region todocPostgres_env matchgroup=todocKeyword start=/\.\@1<!\<env\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue,todocPostgres_env_block
syn region todocPostgres_file matchgroup=todocKeyword start=/\.\@1<!\<file\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn region todocPostgres_image matchgroup=todocKeyword start=/\.\@1<!\<image\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn region todocPostgres_instances matchgroup=todocKeyword start=/\.\@1<!\<instances\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn region todocPostgres_memory matchgroup=todocKeyword start=/\.\@1<!\<memory\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn match todocPostgres_patch_0 /\%(\.\@1<!\<patch\s\+\)\@<=\<\h\k*\>\.\@!/ contained
hi def link todocPostgres_patch_0 todocType
syn region todocPostgres_patch_raw matchgroup=NONE start=/{\%(\s*\%(#.*\)\?$\)\@=/ end=/^\ze\s*}/ contained contains=todocPostgres_patch_comment
syn match todocPostgres_patch_comment /\%({\s*\)\@<=#.*$/ contained
hi def link todocPostgres_patch_comment todocComment
syn region todocPostgres_patch matchgroup=todocKeyword start=/\.\@1<!\<patch\>/ matchgroup=NONE end=/}/ contained contains=@todocValue,todocPostgres_patch_0,todocPostgres_patch_raw
syn match todocPostgres_secret_0 /\%(\.\@1<!\<secret\s\+\)\@<=\<\%(\%(as\|env\|from\)\>\)\@!\h\k*\>\.\@!/ contained
hi def link todocPostgres_secret_0 todocVariable
syn match todocPostgres_secret_env /\%(\.\@1<!\<env\s\+\)\@<=\<\%(\%(as\|env\|from\)\>\)\@!\h\k*\>\.\@!/ contained
hi def link todocPostgres_secret_env todocVariable
syn region todocPostgres_secret_block matchgroup=NONE start=/{/ end=/}/ contained contains=@todocSecret
syn region todocPostgres_secret matchgroup=todocKeyword start=/\.\@1<!\<secret\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue,todocPostgres_secret_0,todocPostgres_secret_env,todocPostgres_secret_block
syn region todocPostgres_storage matchgroup=todocKeyword start=/\.\@1<!\<storage\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn region todocPostgres_uid matchgroup=todocKeyword start=/\.\@1<!\<uid\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn match todocPostgres_user_0 /\%(\.\@1<!\<user\s\+\)\@<=\<\h\k*\>\.\@!/ contained
hi def link todocPostgres_user_0 todocVariable
syn region todocPostgres_user matchgroup=todocKeyword start=/\.\@1<!\<user\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue,todocPostgres_user_0
syn region todocPostgres_version matchgroup=todocKeyword start=/\.\@1<!\<version\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn match todocPostgres_without_0 /\%(\.\@1<!\<without\s\+\)\@<=\<\h\k*\>\.\@!/ contained
hi def link todocPostgres_without_0 todocEnumMember
syn region todocPostgres_without matchgroup=todocKeyword start=/\.\@1<!\<without\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue,todocPostgres_without_0
syn region todocPostgres_workload matchgroup=todocKeyword start=/\.\@1<!\<workload\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn region todocPostgres_writable matchgroup=todocKeyword start=/\.\@1<!\<writable\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn cluster todocPostgres contains=todocComment,todocPostgres_admit,todocPostgres_allow,todocPostgres_args,todocPostgres_cpu,todocPostgres_database,todocPostgres_env,todocPostgres_file,todocPostgres_image,todocPostgres_instances,todocPostgres_memory,todocPostgres_patch,todocPostgres_secret,todocPostgres_storage,todocPostgres_uid,todocPostgres_user,todocPostgres_version,todocPostgres_without,todocPostgres_workload,todocPostgres_writable

" Redis
syn region todocRedis_admit matchgroup=todocKeyword start=/\.\@1<!\<admit\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn match todocRedis_allow_0 /\%(\.\@1<!\<allow\s\+\)\@<=\<\h\k*\>\.\@!/ contained
hi def link todocRedis_allow_0 todocEnumMember
syn region todocRedis_allow matchgroup=todocKeyword start=/\.\@1<!\<allow\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue,todocRedis_allow_0
syn region todocRedis_args matchgroup=todocKeyword start=/\.\@1<!\<args\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn region todocRedis_cpu matchgroup=todocKeyword start=/\.\@1<!\<cpu\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn region todocRedis_env_block matchgroup=NONE start=/{/ end=/}/ contained contains=@todocEnv
syn region todocRedis_env matchgroup=todocKeyword start=/\.\@1<!\<env\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue,todocRedis_env_block
syn region todocRedis_file matchgroup=todocKeyword start=/\.\@1<!\<file\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn region todocRedis_image matchgroup=todocKeyword start=/\.\@1<!\<image\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn region todocRedis_memory matchgroup=todocKeyword start=/\.\@1<!\<memory\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn match todocRedis_patch_0 /\%(\.\@1<!\<patch\s\+\)\@<=\<\h\k*\>\.\@!/ contained
hi def link todocRedis_patch_0 todocType
syn region todocRedis_patch_raw matchgroup=NONE start=/{\%(\s*\%(#.*\)\?$\)\@=/ end=/^\ze\s*}/ contained contains=todocRedis_patch_comment
syn match todocRedis_patch_comment /\%({\s*\)\@<=#.*$/ contained
hi def link todocRedis_patch_comment todocComment
syn region todocRedis_patch matchgroup=todocKeyword start=/\.\@1<!\<patch\>/ matchgroup=NONE end=/}/ contained contains=@todocValue,todocRedis_patch_0,todocRedis_patch_raw
syn region todocRedis_policy matchgroup=todocKeyword start=/\.\@1<!\<policy\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn match todocRedis_secret_0 /\%(\.\@1<!\<secret\s\+\)\@<=\<\%(\%(as\|env\|from\)\>\)\@!\h\k*\>\.\@!/ contained
hi def link todocRedis_secret_0 todocVariable
syn match todocRedis_secret_env /\%(\.\@1<!\<env\s\+\)\@<=\<\%(\%(as\|env\|from\)\>\)\@!\h\k*\>\.\@!/ contained
hi def link todocRedis_secret_env todocVariable
syn region todocRedis_secret_block matchgroup=NONE start=/{/ end=/}/ contained contains=@todocSecret
syn region todocRedis_secret matchgroup=todocKeyword start=/\.\@1<!\<secret\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue,todocRedis_secret_0,todocRedis_secret_env,todocRedis_secret_block
syn region todocRedis_storage matchgroup=todocKeyword start=/\.\@1<!\<storage\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn region todocRedis_uid matchgroup=todocKeyword start=/\.\@1<!\<uid\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn region todocRedis_version matchgroup=todocKeyword start=/\.\@1<!\<version\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn match todocRedis_without_0 /\%(\.\@1<!\<without\s\+\)\@<=\<\h\k*\>\.\@!/ contained
hi def link todocRedis_without_0 todocEnumMember
syn region todocRedis_without matchgroup=todocKeyword start=/\.\@1<!\<without\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue,todocRedis_without_0
syn region todocRedis_workload matchgroup=todocKeyword start=/\.\@1<!\<workload\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn region todocRedis_writable matchgroup=todocKeyword start=/\.\@1<!\<writable\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn cluster todocRedis contains=todocComment,todocRedis_admit,todocRedis_allow,todocRedis_args,todocRedis_cpu,todocRedis_env,todocRedis_file,todocRedis_image,todocRedis_memory,todocRedis_patch,todocRedis_policy,todocRedis_secret,todocRedis_storage,todocRedis_uid,todocRedis_version,todocRedis_without,todocRedis_workload,todocRedis_writable

" Mysql
syn region todocMysql_admit matchgroup=todocKeyword start=/\.\@1<!\<admit\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn match todocMysql_allow_0 /\%(\.\@1<!\<allow\s\+\)\@<=\<\h\k*\>\.\@!/ contained
hi def link todocMysql_allow_0 todocEnumMember
syn region todocMysql_allow matchgroup=todocKeyword start=/\.\@1<!\<allow\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue,todocMysql_allow_0
syn region todocMysql_args matchgroup=todocKeyword start=/\.\@1<!\<args\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn region todocMysql_cpu matchgroup=todocKeyword start=/\.\@1<!\<cpu\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn match todocMysql_database_0 /\%(\.\@1<!\<database\s\+\)\@<=\<\h\k*\>\.\@!/ contained
hi def link todocMysql_database_0 todocVariable
syn region todocMysql_database matchgroup=todocKeyword start=/\.\@1<!\<database\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue,todocMysql_database_0
syn region todocMysql_env_block matchgroup=NONE start=/{/ end=/}/ contained contains=@todocEnv
syn region todocMysql_env matchgroup=todocKeyword start=/\.\@1<!\<env\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue,todocMysql_env_block
syn region todocMysql_file matchgroup=todocKeyword start=/\.\@1<!\<file\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn region todocMysql_image matchgroup=todocKeyword start=/\.\@1<!\<image\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn region todocMysql_memory matchgroup=todocKeyword start=/\.\@1<!\<memory\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn match todocMysql_patch_0 /\%(\.\@1<!\<patch\s\+\)\@<=\<\h\k*\>\.\@!/ contained
hi def link todocMysql_patch_0 todocType
syn region todocMysql_patch_raw matchgroup=NONE start=/{\%(\s*\%(#.*\)\?$\)\@=/ end=/^\ze\s*}/ contained contains=todocMysql_patch_comment
syn match todocMysql_patch_comment /\%({\s*\)\@<=#.*$/ contained
hi def link todocMysql_patch_comment todocComment
syn region todocMysql_patch matchgroup=todocKeyword start=/\.\@1<!\<patch\>/ matchgroup=NONE end=/}/ contained contains=@todocValue,todocMysql_patch_0,todocMysql_patch_raw
syn match todocMysql_secret_0 /\%(\.\@1<!\<secret\s\+\)\@<=\<\%(\%(as\|env\|from\)\>\)\@!\h\k*\>\.\@!/ contained
hi def link todocMysql_secret_0 todocVariable
syn match todocMysql_secret_env /\%(\.\@1<!\<env\s\+\)\@<=\<\%(\%(as\|env\|from\)\>\)\@!\h\k*\>\.\@!/ contained
hi def link todocMysql_secret_env todocVariable
syn region todocMysql_secret_block matchgroup=NONE start=/{/ end=/}/ contained contains=@todocSecret
syn region todocMysql_secret matchgroup=todocKeyword start=/\.\@1<!\<secret\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue,todocMysql_secret_0,todocMysql_secret_env,todocMysql_secret_block
syn region todocMysql_storage matchgroup=todocKeyword start=/\.\@1<!\<storage\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn region todocMysql_uid matchgroup=todocKeyword start=/\.\@1<!\<uid\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn match todocMysql_user_0 /\%(\.\@1<!\<user\s\+\)\@<=\<\h\k*\>\.\@!/ contained
hi def link todocMysql_user_0 todocVariable
syn region todocMysql_user matchgroup=todocKeyword start=/\.\@1<!\<user\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue,todocMysql_user_0
syn region todocMysql_version matchgroup=todocKeyword start=/\.\@1<!\<version\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn match todocMysql_without_0 /\%(\.\@1<!\<without\s\+\)\@<=\<\h\k*\>\.\@!/ contained
hi def link todocMysql_without_0 todocEnumMember
syn region todocMysql_without matchgroup=todocKeyword start=/\.\@1<!\<without\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue,todocMysql_without_0
syn region todocMysql_workload matchgroup=todocKeyword start=/\.\@1<!\<workload\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn region todocMysql_writable matchgroup=todocKeyword start=/\.\@1<!\<writable\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn cluster todocMysql contains=todocComment,todocMysql_admit,todocMysql_allow,todocMysql_args,todocMysql_cpu,todocMysql_database,todocMysql_env,todocMysql_file,todocMysql_image,todocMysql_memory,todocMysql_patch,todocMysql_secret,todocMysql_storage,todocMysql_uid,todocMysql_user,todocMysql_version,todocMysql_without,todocMysql_workload,todocMysql_writable

" Valkey
syn region todocValkey_admit matchgroup=todocKeyword start=/\.\@1<!\<admit\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn match todocValkey_allow_0 /\%(\.\@1<!\<allow\s\+\)\@<=\<\h\k*\>\.\@!/ contained
hi def link todocValkey_allow_0 todocEnumMember
syn region todocValkey_allow matchgroup=todocKeyword start=/\.\@1<!\<allow\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue,todocValkey_allow_0
syn region todocValkey_args matchgroup=todocKeyword start=/\.\@1<!\<args\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn region todocValkey_cpu matchgroup=todocKeyword start=/\.\@1<!\<cpu\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn region todocValkey_env_block matchgroup=NONE start=/{/ end=/}/ contained contains=@todocEnv
syn region todocValkey_env matchgroup=todocKeyword start=/\.\@1<!\<env\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue,todocValkey_env_block
syn region todocValkey_file matchgroup=todocKeyword start=/\.\@1<!\<file\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn region todocValkey_image matchgroup=todocKeyword start=/\.\@1<!\<image\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn region todocValkey_memory matchgroup=todocKeyword start=/\.\@1<!\<memory\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn match todocValkey_patch_0 /\%(\.\@1<!\<patch\s\+\)\@<=\<\h\k*\>\.\@!/ contained
hi def link todocValkey_patch_0 todocType
syn region todocValkey_patch_raw matchgroup=NONE start=/{\%(\s*\%(#.*\)\?$\)\@=/ end=/^\ze\s*}/ contained contains=todocValkey_patch_comment
syn match todocValkey_patch_comment /\%({\s*\)\@<=#.*$/ contained
hi def link todocValkey_patch_comment todocComment
syn region todocValkey_patch matchgroup=todocKeyword start=/\.\@1<!\<patch\>/ matchgroup=NONE end=/}/ contained contains=@todocValue,todocValkey_patch_0,todocValkey_patch_raw
syn region todocValkey_policy matchgroup=todocKeyword start=/\.\@1<!\<policy\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn match todocValkey_secret_0 /\%(\.\@1<!\<secret\s\+\)\@<=\<\%(\%(as\|env\|from\)\>\)\@!\h\k*\>\.\@!/ contained
hi def link todocValkey_secret_0 todocVariable
syn match todocValkey_secret_env /\%(\.\@1<!\<env\s\+\)\@<=\<\%(\%(as\|env\|from\)\>\)\@!\h\k*\>\.\@!/ contained
hi def link todocValkey_secret_env todocVariable
syn region todocValkey_secret_block matchgroup=NONE start=/{/ end=/}/ contained contains=@todocSecret
syn region todocValkey_secret matchgroup=todocKeyword start=/\.\@1<!\<secret\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue,todocValkey_secret_0,todocValkey_secret_env,todocValkey_secret_block
syn region todocValkey_storage matchgroup=todocKeyword start=/\.\@1<!\<storage\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn region todocValkey_uid matchgroup=todocKeyword start=/\.\@1<!\<uid\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn region todocValkey_version matchgroup=todocKeyword start=/\.\@1<!\<version\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn match todocValkey_without_0 /\%(\.\@1<!\<without\s\+\)\@<=\<\h\k*\>\.\@!/ contained
hi def link todocValkey_without_0 todocEnumMember
syn region todocValkey_without matchgroup=todocKeyword start=/\.\@1<!\<without\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue,todocValkey_without_0
syn region todocValkey_workload matchgroup=todocKeyword start=/\.\@1<!\<workload\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn region todocValkey_writable matchgroup=todocKeyword start=/\.\@1<!\<writable\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn cluster todocValkey contains=todocComment,todocValkey_admit,todocValkey_allow,todocValkey_args,todocValkey_cpu,todocValkey_env,todocValkey_file,todocValkey_image,todocValkey_memory,todocValkey_patch,todocValkey_policy,todocValkey_secret,todocValkey_storage,todocValkey_uid,todocValkey_version,todocValkey_without,todocValkey_workload,todocValkey_writable

" Mongodb
syn region todocMongodb_admit matchgroup=todocKeyword start=/\.\@1<!\<admit\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn match todocMongodb_allow_0 /\%(\.\@1<!\<allow\s\+\)\@<=\<\h\k*\>\.\@!/ contained
hi def link todocMongodb_allow_0 todocEnumMember
syn region todocMongodb_allow matchgroup=todocKeyword start=/\.\@1<!\<allow\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue,todocMongodb_allow_0
syn region todocMongodb_args matchgroup=todocKeyword start=/\.\@1<!\<args\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn region todocMongodb_cpu matchgroup=todocKeyword start=/\.\@1<!\<cpu\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn match todocMongodb_database_0 /\%(\.\@1<!\<database\s\+\)\@<=\<\h\k*\>\.\@!/ contained
hi def link todocMongodb_database_0 todocVariable
syn region todocMongodb_database matchgroup=todocKeyword start=/\.\@1<!\<database\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue,todocMongodb_database_0
syn region todocMongodb_env_block matchgroup=NONE start=/{/ end=/}/ contained contains=@todocEnv
syn region todocMongodb_env matchgroup=todocKeyword start=/\.\@1<!\<env\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue,todocMongodb_env_block
syn region todocMongodb_file matchgroup=todocKeyword start=/\.\@1<!\<file\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn region todocMongodb_image matchgroup=todocKeyword start=/\.\@1<!\<image\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn region todocMongodb_memory matchgroup=todocKeyword start=/\.\@1<!\<memory\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn match todocMongodb_patch_0 /\%(\.\@1<!\<patch\s\+\)\@<=\<\h\k*\>\.\@!/ contained
hi def link todocMongodb_patch_0 todocType
syn region todocMongodb_patch_raw matchgroup=NONE start=/{\%(\s*\%(#.*\)\?$\)\@=/ end=/^\ze\s*}/ contained contains=todocMongodb_patch_comment
syn match todocMongodb_patch_comment /\%({\s*\)\@<=#.*$/ contained
hi def link todocMongodb_patch_comment todocComment
syn region todocMongodb_patch matchgroup=todocKeyword start=/\.\@1<!\<patch\>/ matchgroup=NONE end=/}/ contained contains=@todocValue,todocMongodb_patch_0,todocMongodb_patch_raw
syn match todocMongodb_secret_0 /\%(\.\@1<!\<secret\s\+\)\@<=\<\%(\%(as\|env\|from\)\>\)\@!\h\k*\>\.\@!/ contained
hi def link todocMongodb_secret_0 todocVariable
syn match todocMongodb_secret_env /\%(\.\@1<!\<env\s\+\)\@<=\<\%(\%(as\|env\|from\)\>\)\@!\h\k*\>\.\@!/ contained
hi def link todocMongodb_secret_env todocVariable
syn region todocMongodb_secret_block matchgroup=NONE start=/{/ end=/}/ contained contains=@todocSecret
syn region todocMongodb_secret matchgroup=todocKeyword start=/\.\@1<!\<secret\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue,todocMongodb_secret_0,todocMongodb_secret_env,todocMongodb_secret_block
syn region todocMongodb_storage matchgroup=todocKeyword start=/\.\@1<!\<storage\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn region todocMongodb_uid matchgroup=todocKeyword start=/\.\@1<!\<uid\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn match todocMongodb_user_0 /\%(\.\@1<!\<user\s\+\)\@<=\<\h\k*\>\.\@!/ contained
hi def link todocMongodb_user_0 todocVariable
syn region todocMongodb_user matchgroup=todocKeyword start=/\.\@1<!\<user\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue,todocMongodb_user_0
syn region todocMongodb_version matchgroup=todocKeyword start=/\.\@1<!\<version\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn match todocMongodb_without_0 /\%(\.\@1<!\<without\s\+\)\@<=\<\h\k*\>\.\@!/ contained
hi def link todocMongodb_without_0 todocEnumMember
syn region todocMongodb_without matchgroup=todocKeyword start=/\.\@1<!\<without\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue,todocMongodb_without_0
syn region todocMongodb_workload matchgroup=todocKeyword start=/\.\@1<!\<workload\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn region todocMongodb_writable matchgroup=todocKeyword start=/\.\@1<!\<writable\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn cluster todocMongodb contains=todocComment,todocMongodb_admit,todocMongodb_allow,todocMongodb_args,todocMongodb_cpu,todocMongodb_database,todocMongodb_env,todocMongodb_file,todocMongodb_image,todocMongodb_memory,todocMongodb_patch,todocMongodb_secret,todocMongodb_storage,todocMongodb_uid,todocMongodb_user,todocMongodb_version,todocMongodb_without,todocMongodb_workload,todocMongodb_writable

" Rabbitmq
syn region todocRabbitmq_admit matchgroup=todocKeyword start=/\.\@1<!\<admit\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn match todocRabbitmq_allow_0 /\%(\.\@1<!\<allow\s\+\)\@<=\<\h\k*\>\.\@!/ contained
hi def link todocRabbitmq_allow_0 todocEnumMember
syn region todocRabbitmq_allow matchgroup=todocKeyword start=/\.\@1<!\<allow\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue,todocRabbitmq_allow_0
syn region todocRabbitmq_args matchgroup=todocKeyword start=/\.\@1<!\<args\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn region todocRabbitmq_cpu matchgroup=todocKeyword start=/\.\@1<!\<cpu\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn match todocRabbitmq_database_0 /\%(\.\@1<!\<database\s\+\)\@<=\<\h\k*\>\.\@!/ contained
hi def link todocRabbitmq_database_0 todocVariable
syn region todocRabbitmq_database matchgroup=todocKeyword start=/\.\@1<!\<database\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue,todocRabbitmq_database_0
syn region todocRabbitmq_env_block matchgroup=NONE start=/{/ end=/}/ contained contains=@todocEnv
syn region todocRabbitmq_env matchgroup=todocKeyword start=/\.\@1<!\<env\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue,todocRabbitmq_env_block
syn region todocRabbitmq_file matchgroup=todocKeyword start=/\.\@1<!\<file\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn region todocRabbitmq_image matchgroup=todocKeyword start=/\.\@1<!\<image\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn region todocRabbitmq_memory matchgroup=todocKeyword start=/\.\@1<!\<memory\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn match todocRabbitmq_patch_0 /\%(\.\@1<!\<patch\s\+\)\@<=\<\h\k*\>\.\@!/ contained
hi def link todocRabbitmq_patch_0 todocType
syn region todocRabbitmq_patch_raw matchgroup=NONE start=/{\%(\s*\%(#.*\)\?$\)\@=/ end=/^\ze\s*}/ contained contains=todocRabbitmq_patch_comment
syn match todocRabbitmq_patch_comment /\%({\s*\)\@<=#.*$/ contained
hi def link todocRabbitmq_patch_comment todocComment
syn region todocRabbitmq_patch matchgroup=todocKeyword start=/\.\@1<!\<patch\>/ matchgroup=NONE end=/}/ contained contains=@todocValue,todocRabbitmq_patch_0,todocRabbitmq_patch_raw
syn match todocRabbitmq_secret_0 /\%(\.\@1<!\<secret\s\+\)\@<=\<\%(\%(as\|env\|from\)\>\)\@!\h\k*\>\.\@!/ contained
hi def link todocRabbitmq_secret_0 todocVariable
syn match todocRabbitmq_secret_env /\%(\.\@1<!\<env\s\+\)\@<=\<\%(\%(as\|env\|from\)\>\)\@!\h\k*\>\.\@!/ contained
hi def link todocRabbitmq_secret_env todocVariable
syn region todocRabbitmq_secret_block matchgroup=NONE start=/{/ end=/}/ contained contains=@todocSecret
syn region todocRabbitmq_secret matchgroup=todocKeyword start=/\.\@1<!\<secret\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue,todocRabbitmq_secret_0,todocRabbitmq_secret_env,todocRabbitmq_secret_block
syn region todocRabbitmq_storage matchgroup=todocKeyword start=/\.\@1<!\<storage\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn region todocRabbitmq_uid matchgroup=todocKeyword start=/\.\@1<!\<uid\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn match todocRabbitmq_user_0 /\%(\.\@1<!\<user\s\+\)\@<=\<\h\k*\>\.\@!/ contained
hi def link todocRabbitmq_user_0 todocVariable
syn region todocRabbitmq_user matchgroup=todocKeyword start=/\.\@1<!\<user\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue,todocRabbitmq_user_0
syn region todocRabbitmq_version matchgroup=todocKeyword start=/\.\@1<!\<version\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn match todocRabbitmq_without_0 /\%(\.\@1<!\<without\s\+\)\@<=\<\h\k*\>\.\@!/ contained
hi def link todocRabbitmq_without_0 todocEnumMember
syn region todocRabbitmq_without matchgroup=todocKeyword start=/\.\@1<!\<without\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue,todocRabbitmq_without_0
syn region todocRabbitmq_workload matchgroup=todocKeyword start=/\.\@1<!\<workload\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn region todocRabbitmq_writable matchgroup=todocKeyword start=/\.\@1<!\<writable\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn cluster todocRabbitmq contains=todocComment,todocRabbitmq_admit,todocRabbitmq_allow,todocRabbitmq_args,todocRabbitmq_cpu,todocRabbitmq_database,todocRabbitmq_env,todocRabbitmq_file,todocRabbitmq_image,todocRabbitmq_memory,todocRabbitmq_patch,todocRabbitmq_secret,todocRabbitmq_storage,todocRabbitmq_uid,todocRabbitmq_user,todocRabbitmq_version,todocRabbitmq_without,todocRabbitmq_workload,todocRabbitmq_writable

" External
syn match todocExternal_allow_0 /\%(\.\@1<!\<allow\s\+\)\@<=\<\h\k*\>\.\@!/ contained
hi def link todocExternal_allow_0 todocEnumMember
syn region todocExternal_allow matchgroup=todocKeyword start=/\.\@1<!\<allow\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue,todocExternal_allow_0
syn match todocExternal_url_0 /\%(\.\@1<!\<url\s\+\)\@<=\<\h\k*\>\.\@!/ contained
hi def link todocExternal_url_0 todocVariable
syn region todocExternal_url matchgroup=todocKeyword start=/\.\@1<!\<url\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue,todocExternal_url_0
syn cluster todocExternal contains=todocComment,todocExternal_allow,todocExternal_url

" ExternalService
syn match todocExternalService_allow_0 /\%(\.\@1<!\<allow\s\+\)\@<=\<\h\k*\>\.\@!/ contained
hi def link todocExternalService_allow_0 todocEnumMember
syn region todocExternalService_allow matchgroup=todocKeyword start=/\.\@1<!\<allow\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue,todocExternalService_allow_0
syn region todocExternalService_host matchgroup=todocKeyword start=/\.\@1<!\<host\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn match todocExternalService_port_0 /\%(\.\@1<!\<port\s\+\)\@<=\<\h\k*\>\.\@!/ contained
hi def link todocExternalService_port_0 todocType
syn region todocExternalService_port matchgroup=todocKeyword start=/\.\@1<!\<port\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue,todocExternalService_port_0
syn cluster todocExternalService contains=todocComment,todocExternalService_allow,todocExternalService_host,todocExternalService_port

" Tier
syn region todocTier_account matchgroup=todocKeyword start=/\.\@1<!\<account\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn match todocTier_admit_rest /\.\@1<!\<\%(\%(cidr\|namespace\|pods\|to\)\>\)\@!\h\k*\>\.\@!/ contained
hi def link todocTier_admit_rest todocType
syn region todocTier_admit matchgroup=todocKeyword start=/\.\@1<!\<admit\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue,todocTier_admit_rest
syn match todocTier_after_rest /\.\@1<!\<\h\k*\>\.\@!/ contained
hi def link todocTier_after_rest todocClass
syn region todocTier_after matchgroup=todocKeyword start=/\.\@1<!\<after\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue,todocTier_after_rest
syn match todocTier_allow_0 /\%(\.\@1<!\<allow\s\+\)\@<=\<\h\k*\>\.\@!/ contained
hi def link todocTier_allow_0 todocEnumMember
syn region todocTier_allow matchgroup=todocKeyword start=/\.\@1<!\<allow\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue,todocTier_allow_0
syn region todocTier_annotate matchgroup=todocKeyword start=/\.\@1<!\<annotate\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn region todocTier_args matchgroup=todocKeyword start=/\.\@1<!\<args\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn match todocTier_build_0 /\%(\.\@1<!\<build\s\+\)\@<=\<\h\k*\>\.\@!/ contained
hi def link todocTier_build_0 todocFunction
syn region todocTier_build_block matchgroup=NONE start=/{/ end=/}/ contained contains=@todocBuild
syn region todocTier_build matchgroup=todocKeyword start=/\.\@1<!\<build\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue,todocTier_build_0,todocTier_build_block
syn region todocTier_command matchgroup=todocKeyword start=/\.\@1<!\<command\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn region todocTier_config_block matchgroup=NONE start=/{/ end=/}/ contained contains=@todocConfig
syn region todocTier_config matchgroup=todocKeyword start=/\.\@1<!\<config\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue,todocTier_config_block
syn region todocTier_cpu matchgroup=todocKeyword start=/\.\@1<!\<cpu\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn region todocTier_disk matchgroup=todocKeyword start=/\.\@1<!\<disk\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn region todocTier_env_block matchgroup=NONE start=/{/ end=/}/ contained contains=@todocEnv
syn region todocTier_env matchgroup=todocKeyword start=/\.\@1<!\<env\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue,todocTier_env_block
syn match todocTier_expose_of /\%(\.\@1<!\<of\s\+\)\@<=\<\%(\%(elsewhere\|forward\|ingress\|internal\|loadbalancer\|nodeport\|of\|path\|tls\)\>\)\@!\h\k*\>\.\@!/ contained
hi def link todocTier_expose_of todocType
syn region todocTier_expose_block matchgroup=NONE start=/{/ end=/}/ contained contains=@todocExposure
syn region todocTier_expose matchgroup=todocKeyword start=/\.\@1<!\<expose\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue,todocTier_expose_of,todocTier_expose_block
syn region todocTier_file matchgroup=todocKeyword start=/\.\@1<!\<file\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn region todocTier_grace matchgroup=todocKeyword start=/\.\@1<!\<grace\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn region todocTier_health_block matchgroup=NONE start=/{/ end=/}/ contained contains=@todocHealth
syn region todocTier_health matchgroup=todocKeyword start=/\.\@1<!\<health\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue,todocTier_health_block
syn region todocTier_image matchgroup=todocKeyword start=/\.\@1<!\<image\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn region todocTier_memory matchgroup=todocKeyword start=/\.\@1<!\<memory\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn region todocTier_migrate matchgroup=todocKeyword start=/\.\@1<!\<migrate\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn region todocTier_name matchgroup=todocKeyword start=/\.\@1<!\<name\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn match todocTier_needs_rest /\.\@1<!\<\h\k*\>\.\@!/ contained
hi def link todocTier_needs_rest todocClass
syn region todocTier_needs matchgroup=todocKeyword start=/\.\@1<!\<needs\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue,todocTier_needs_rest
syn match todocTier_patch_0 /\%(\.\@1<!\<patch\s\+\)\@<=\<\h\k*\>\.\@!/ contained
hi def link todocTier_patch_0 todocType
syn region todocTier_patch_raw matchgroup=NONE start=/{\%(\s*\%(#.*\)\?$\)\@=/ end=/^\ze\s*}/ contained contains=todocTier_patch_comment
syn match todocTier_patch_comment /\%({\s*\)\@<=#.*$/ contained
hi def link todocTier_patch_comment todocComment
syn region todocTier_patch matchgroup=todocKeyword start=/\.\@1<!\<patch\>/ matchgroup=NONE end=/}/ contained contains=@todocValue,todocTier_patch_0,todocTier_patch_raw
syn match todocTier_port_0 /\%(\.\@1<!\<port\s\+\)\@<=\<\%(\%(as\|scheme\|udp\)\>\)\@!\h\k*\>\.\@!/ contained
hi def link todocTier_port_0 todocType
syn region todocTier_port matchgroup=todocKeyword start=/\.\@1<!\<port\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue,todocTier_port_0
syn region todocTier_replicas matchgroup=todocKeyword start=/\.\@1<!\<replicas\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn region todocTier_rollout matchgroup=todocKeyword start=/\.\@1<!\<rollout\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn match todocTier_secret_0 /\%(\.\@1<!\<secret\s\+\)\@<=\<\%(\%(as\|env\|from\|key\|object\)\>\)\@!\h\k*\>\.\@!/ contained
hi def link todocTier_secret_0 todocVariable
syn match todocTier_secret_env /\%(\.\@1<!\<env\s\+\)\@<=\<\%(\%(as\|env\|from\|key\|object\)\>\)\@!\h\k*\>\.\@!/ contained
hi def link todocTier_secret_env todocVariable
syn region todocTier_secret_block matchgroup=NONE start=/{/ end=/}/ contained contains=@todocSecret
syn region todocTier_secret matchgroup=todocKeyword start=/\.\@1<!\<secret\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue,todocTier_secret_0,todocTier_secret_env,todocTier_secret_block
syn region todocTier_user matchgroup=todocKeyword start=/\.\@1<!\<user\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn match todocTier_volume_0 /\%(\.\@1<!\<volume\s\+\)\@<=\<\%(\%(at\|class\|per\|pod\|read\|shared\)\>\)\@!\h\k*\>\.\@!/ contained
hi def link todocTier_volume_0 todocProperty
syn region todocTier_volume matchgroup=todocKeyword start=/\.\@1<!\<volume\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue,todocTier_volume_0
syn match todocTier_without_0 /\%(\.\@1<!\<without\s\+\)\@<=\<\h\k*\>\.\@!/ contained
hi def link todocTier_without_0 todocEnumMember
syn region todocTier_without matchgroup=todocKeyword start=/\.\@1<!\<without\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue,todocTier_without_0
syn region todocTier_writable matchgroup=todocKeyword start=/\.\@1<!\<writable\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn cluster todocTier contains=todocComment,todocTier_account,todocTier_admit,todocTier_after,todocTier_allow,todocTier_annotate,todocTier_args,todocTier_build,todocTier_command,todocTier_config,todocTier_cpu,todocTier_disk,todocTier_env,todocTier_expose,todocTier_file,todocTier_grace,todocTier_health,todocTier_image,todocTier_memory,todocTier_migrate,todocTier_name,todocTier_needs,todocTier_patch,todocTier_port,todocTier_replicas,todocTier_rollout,todocTier_secret,todocTier_user,todocTier_volume,todocTier_without,todocTier_writable

" Job
syn region todocJob_account matchgroup=todocKeyword start=/\.\@1<!\<account\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn match todocJob_after_rest /\.\@1<!\<\h\k*\>\.\@!/ contained
hi def link todocJob_after_rest todocClass
syn region todocJob_after matchgroup=todocKeyword start=/\.\@1<!\<after\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue,todocJob_after_rest
syn match todocJob_allow_0 /\%(\.\@1<!\<allow\s\+\)\@<=\<\h\k*\>\.\@!/ contained
hi def link todocJob_allow_0 todocEnumMember
syn region todocJob_allow matchgroup=todocKeyword start=/\.\@1<!\<allow\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue,todocJob_allow_0
syn region todocJob_annotate matchgroup=todocKeyword start=/\.\@1<!\<annotate\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn region todocJob_args matchgroup=todocKeyword start=/\.\@1<!\<args\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn match todocJob_build_0 /\%(\.\@1<!\<build\s\+\)\@<=\<\h\k*\>\.\@!/ contained
hi def link todocJob_build_0 todocFunction
syn region todocJob_build_block matchgroup=NONE start=/{/ end=/}/ contained contains=@todocBuild
syn region todocJob_build matchgroup=todocKeyword start=/\.\@1<!\<build\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue,todocJob_build_0,todocJob_build_block
syn region todocJob_command matchgroup=todocKeyword start=/\.\@1<!\<command\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn region todocJob_config_block matchgroup=NONE start=/{/ end=/}/ contained contains=@todocConfig
syn region todocJob_config matchgroup=todocKeyword start=/\.\@1<!\<config\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue,todocJob_config_block
syn region todocJob_cpu matchgroup=todocKeyword start=/\.\@1<!\<cpu\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn region todocJob_disk matchgroup=todocKeyword start=/\.\@1<!\<disk\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn region todocJob_env_block matchgroup=NONE start=/{/ end=/}/ contained contains=@todocEnv
syn region todocJob_env matchgroup=todocKeyword start=/\.\@1<!\<env\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue,todocJob_env_block
syn region todocJob_file matchgroup=todocKeyword start=/\.\@1<!\<file\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn region todocJob_grace matchgroup=todocKeyword start=/\.\@1<!\<grace\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn region todocJob_image matchgroup=todocKeyword start=/\.\@1<!\<image\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn region todocJob_memory matchgroup=todocKeyword start=/\.\@1<!\<memory\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn region todocJob_name matchgroup=todocKeyword start=/\.\@1<!\<name\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn match todocJob_needs_rest /\.\@1<!\<\h\k*\>\.\@!/ contained
hi def link todocJob_needs_rest todocClass
syn region todocJob_needs matchgroup=todocKeyword start=/\.\@1<!\<needs\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue,todocJob_needs_rest
syn match todocJob_patch_0 /\%(\.\@1<!\<patch\s\+\)\@<=\<\h\k*\>\.\@!/ contained
hi def link todocJob_patch_0 todocType
syn region todocJob_patch_raw matchgroup=NONE start=/{\%(\s*\%(#.*\)\?$\)\@=/ end=/^\ze\s*}/ contained contains=todocJob_patch_comment
syn match todocJob_patch_comment /\%({\s*\)\@<=#.*$/ contained
hi def link todocJob_patch_comment todocComment
syn region todocJob_patch matchgroup=todocKeyword start=/\.\@1<!\<patch\>/ matchgroup=NONE end=/}/ contained contains=@todocValue,todocJob_patch_0,todocJob_patch_raw
syn match todocJob_secret_0 /\%(\.\@1<!\<secret\s\+\)\@<=\<\%(\%(as\|env\|from\|key\|object\)\>\)\@!\h\k*\>\.\@!/ contained
hi def link todocJob_secret_0 todocVariable
syn match todocJob_secret_env /\%(\.\@1<!\<env\s\+\)\@<=\<\%(\%(as\|env\|from\|key\|object\)\>\)\@!\h\k*\>\.\@!/ contained
hi def link todocJob_secret_env todocVariable
syn region todocJob_secret_block matchgroup=NONE start=/{/ end=/}/ contained contains=@todocSecret
syn region todocJob_secret matchgroup=todocKeyword start=/\.\@1<!\<secret\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue,todocJob_secret_0,todocJob_secret_env,todocJob_secret_block
syn region todocJob_user matchgroup=todocKeyword start=/\.\@1<!\<user\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn match todocJob_volume_0 /\%(\.\@1<!\<volume\s\+\)\@<=\<\%(\%(at\|class\|read\|shared\)\>\)\@!\h\k*\>\.\@!/ contained
hi def link todocJob_volume_0 todocProperty
syn region todocJob_volume matchgroup=todocKeyword start=/\.\@1<!\<volume\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue,todocJob_volume_0
syn match todocJob_without_0 /\%(\.\@1<!\<without\s\+\)\@<=\<\h\k*\>\.\@!/ contained
hi def link todocJob_without_0 todocEnumMember
syn region todocJob_without matchgroup=todocKeyword start=/\.\@1<!\<without\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue,todocJob_without_0
syn region todocJob_writable matchgroup=todocKeyword start=/\.\@1<!\<writable\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn cluster todocJob contains=todocComment,todocJob_account,todocJob_after,todocJob_allow,todocJob_annotate,todocJob_args,todocJob_build,todocJob_command,todocJob_config,todocJob_cpu,todocJob_disk,todocJob_env,todocJob_file,todocJob_grace,todocJob_image,todocJob_memory,todocJob_name,todocJob_needs,todocJob_patch,todocJob_secret,todocJob_user,todocJob_volume,todocJob_without,todocJob_writable

" Build
syn region todocKeyBuildWord matchgroup=todocVariable start=/\.\@1<!\<\h\k*/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn match todocBuild_allow_0 /\%(\.\@1<!\<allow\s\+\)\@<=\<\h\k*\>\.\@!/ contained
hi def link todocBuild_allow_0 todocEnumMember
syn region todocBuild_allow matchgroup=todocKeyword start=/\.\@1<!\<allow\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue,todocBuild_allow_0
syn region todocBuild_build_system matchgroup=todocKeyword start=/\.\@1<!\<build_system\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn region todocBuild_data matchgroup=todocKeyword start=/\.\@1<!\<data\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn region todocBuild_entry matchgroup=todocKeyword start=/\.\@1<!\<entry\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn region todocBuild_file matchgroup=todocKeyword start=/\.\@1<!\<file\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn region todocBuild_go matchgroup=todocKeyword start=/\.\@1<!\<go\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn region todocBuild_max_size matchgroup=todocKeyword start=/\.\@1<!\<max_size\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn region todocBuild_node matchgroup=todocKeyword start=/\.\@1<!\<node\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn match todocBuild_packages_0 /\%(\.\@1<!\<packages\s\+\)\@<=\<\h\k*\>\.\@!/ contained
hi def link todocBuild_packages_0 todocFunction
syn region todocBuild_packages matchgroup=todocKeyword start=/\.\@1<!\<packages\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue,todocBuild_packages_0
syn region todocBuild_python matchgroup=todocKeyword start=/\.\@1<!\<python\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn region todocBuild_rust matchgroup=todocKeyword start=/\.\@1<!\<rust\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn match todocBuild_secret_0 /\%(\.\@1<!\<secret\s\+\)\@<=\<\%(\%(at\)\>\)\@!\h\k*\>\.\@!/ contained
hi def link todocBuild_secret_0 todocVariable
syn region todocBuild_secret matchgroup=todocKeyword start=/\.\@1<!\<secret\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue,todocBuild_secret_0
syn region todocBuild_stage matchgroup=todocKeyword start=/\.\@1<!\<stage\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn match todocBuild_stand_in_0 /\%(\.\@1<!\<stand_in\s\+\)\@<=\<\h\k*\>\.\@!/ contained
hi def link todocBuild_stand_in_0 todocVariable
syn region todocBuild_stand_in matchgroup=todocKeyword start=/\.\@1<!\<stand_in\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue,todocBuild_stand_in_0
syn region todocBuild_system matchgroup=todocKeyword start=/\.\@1<!\<system\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn region todocBuild_workspace matchgroup=todocKeyword start=/\.\@1<!\<workspace\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn cluster todocBuild contains=todocComment,todocKeyBuildWord,todocBuild_allow,todocBuild_build_system,todocBuild_data,todocBuild_entry,todocBuild_file,todocBuild_go,todocBuild_max_size,todocBuild_node,todocBuild_packages,todocBuild_python,todocBuild_rust,todocBuild_secret,todocBuild_stage,todocBuild_stand_in,todocBuild_system,todocBuild_workspace

" Health
syn match todocHealth_allow_0 /\%(\.\@1<!\<allow\s\+\)\@<=\<\h\k*\>\.\@!/ contained
hi def link todocHealth_allow_0 todocEnumMember
syn region todocHealth_allow matchgroup=todocKeyword start=/\.\@1<!\<allow\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue,todocHealth_allow_0
syn region todocHealth_host matchgroup=todocKeyword start=/\.\@1<!\<host\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn region todocHealth_liveness matchgroup=todocKeyword start=/\.\@1<!\<liveness\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn match todocHealth_port_0 /\%(\.\@1<!\<port\s\+\)\@<=\<\h\k*\>\.\@!/ contained
hi def link todocHealth_port_0 todocType
syn region todocHealth_port matchgroup=todocKeyword start=/\.\@1<!\<port\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue,todocHealth_port_0
syn region todocHealth_readiness matchgroup=todocKeyword start=/\.\@1<!\<readiness\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn region todocHealth_startup matchgroup=todocKeyword start=/\.\@1<!\<startup\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn cluster todocHealth contains=todocComment,todocHealth_allow,todocHealth_host,todocHealth_liveness,todocHealth_port,todocHealth_readiness,todocHealth_startup

" Exposure
syn match todocExposure_allow_0 /\%(\.\@1<!\<allow\s\+\)\@<=\<\h\k*\>\.\@!/ contained
hi def link todocExposure_allow_0 todocEnumMember
syn region todocExposure_allow matchgroup=todocKeyword start=/\.\@1<!\<allow\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue,todocExposure_allow_0
syn region todocExposure_annotate matchgroup=todocKeyword start=/\.\@1<!\<annotate\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn region todocExposure_body matchgroup=todocKeyword start=/\.\@1<!\<body\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn region todocExposure_strip matchgroup=todocKeyword start=/\.\@1<!\<strip\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn region todocExposure_timeout matchgroup=todocKeyword start=/\.\@1<!\<timeout\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn cluster todocExposure contains=todocComment,todocExposure_allow,todocExposure_annotate,todocExposure_body,todocExposure_strip,todocExposure_timeout

" Env
syn region todocKeyEnvWord matchgroup=todocVariable start=/\.\@1<!\<\h\k*/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn region todocKeyEnvText matchgroup=todocString start=/"\%([^"\\]\|\\.\)*"/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn match todocSpreadEnv /\.\.\h\k*/ contained
hi def link todocSpreadEnv todocMacro
syn match todocEnv_allow_0 /\%(\.\@1<!\<allow\s\+\)\@<=\<\h\k*\>\.\@!/ contained
hi def link todocEnv_allow_0 todocEnumMember
syn region todocEnv_allow matchgroup=todocKeyword start=/\.\@1<!\<allow\>\%(\s\+[^ \t={},#]\)\@=/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue,todocEnv_allow_0
syn cluster todocEnv contains=todocComment,todocKeyEnvWord,todocKeyEnvText,todocSpreadEnv,todocEnv_allow

" Target
syn match todocTarget_allow_0 /\%(\.\@1<!\<allow\s\+\)\@<=\<\h\k*\>\.\@!/ contained
hi def link todocTarget_allow_0 todocEnumMember
syn region todocTarget_allow matchgroup=todocKeyword start=/\.\@1<!\<allow\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue,todocTarget_allow_0
syn region todocTarget_config_block matchgroup=NONE start=/{/ end=/}/ contained contains=@todocConfig
syn region todocTarget_config matchgroup=todocKeyword start=/\.\@1<!\<config\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue,todocTarget_config_block
syn region todocTarget_context matchgroup=todocKeyword start=/\.\@1<!\<context\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn match todocTarget_external_0 /\%(\.\@1<!\<external\s\+\)\@<=\<\h\k*\>\.\@!/ contained
hi def link todocTarget_external_0 todocClass
syn match todocTarget_external_1 /\%(\.\@1<!\<external\s\+\h\k*\s\+\)\@<=\<\h\k*\>\.\@!/ contained
hi def link todocTarget_external_1 todocVariable
syn region todocTarget_external matchgroup=todocKeyword start=/\.\@1<!\<external\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue,todocTarget_external_0,todocTarget_external_1
syn region todocTarget_host matchgroup=todocKeyword start=/\.\@1<!\<host\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn region todocTarget_images matchgroup=todocKeyword start=/\.\@1<!\<images\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn region todocTarget_ingress_block matchgroup=NONE start=/{/ end=/}/ contained contains=@todocIngress,@todocRoutes
syn region todocTarget_ingress matchgroup=todocKeyword start=/\.\@1<!\<ingress\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue,todocTarget_ingress_block
syn match todocTarget_namespace_0 /\%(\.\@1<!\<namespace\s\+\)\@<=\<\%(\%(existing\)\>\)\@!\h\k*\>\.\@!/ contained
hi def link todocTarget_namespace_0 todocVariable
syn region todocTarget_namespace matchgroup=todocKeyword start=/\.\@1<!\<namespace\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue,todocTarget_namespace_0
syn region todocTarget_object matchgroup=todocKeyword start=/\.\@1<!\<object\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn region todocTarget_platform matchgroup=todocKeyword start=/\.\@1<!\<platform\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn region todocTarget_pull matchgroup=todocKeyword start=/\.\@1<!\<pull\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn region todocTarget_pull_secret matchgroup=todocKeyword start=/\.\@1<!\<pull_secret\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn region todocTarget_registry matchgroup=todocKeyword start=/\.\@1<!\<registry\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn region todocTarget_tag matchgroup=todocKeyword start=/\.\@1<!\<tag\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn match todocTarget_tier_0 /\%(\.\@1<!\<tier\s\+\)\@<=\<\h\k*\>\.\@!/ contained
hi def link todocTarget_tier_0 todocClass
syn region todocTarget_tier_block matchgroup=NONE start=/{/ end=/}/ contained contains=@todocTargetTier
syn region todocTarget_tier matchgroup=todocKeyword start=/\.\@1<!\<tier\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue,todocTarget_tier_0,todocTarget_tier_block
syn match todocTarget_without_0 /\%(\.\@1<!\<without\s\+\)\@<=\<\h\k*\>\.\@!/ contained
hi def link todocTarget_without_0 todocClass
syn region todocTarget_without matchgroup=todocKeyword start=/\.\@1<!\<without\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue,todocTarget_without_0
syn cluster todocTarget contains=todocComment,todocTarget_allow,todocTarget_config,todocTarget_context,todocTarget_external,todocTarget_host,todocTarget_images,todocTarget_ingress,todocTarget_namespace,todocTarget_object,todocTarget_platform,todocTarget_pull,todocTarget_pull_secret,todocTarget_registry,todocTarget_tag,todocTarget_tier,todocTarget_without

" TargetTier
syn match todocTargetTier_admit_rest /\.\@1<!\<\%(\%(cidr\|namespace\|pods\|to\)\>\)\@!\h\k*\>\.\@!/ contained
hi def link todocTargetTier_admit_rest todocType
syn region todocTargetTier_admit matchgroup=todocKeyword start=/\.\@1<!\<admit\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue,todocTargetTier_admit_rest
syn match todocTargetTier_allow_0 /\%(\.\@1<!\<allow\s\+\)\@<=\<\h\k*\>\.\@!/ contained
hi def link todocTargetTier_allow_0 todocEnumMember
syn region todocTargetTier_allow matchgroup=todocKeyword start=/\.\@1<!\<allow\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue,todocTargetTier_allow_0
syn region todocTargetTier_annotate matchgroup=todocKeyword start=/\.\@1<!\<annotate\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn region todocTargetTier_cpu matchgroup=todocKeyword start=/\.\@1<!\<cpu\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn region todocTargetTier_env_block matchgroup=NONE start=/{/ end=/}/ contained contains=@todocConfig
syn region todocTargetTier_env matchgroup=todocKeyword start=/\.\@1<!\<env\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue,todocTargetTier_env_block
syn match todocTargetTier_expose_of /\%(\.\@1<!\<of\s\+\)\@<=\<\%(\%(elsewhere\|forward\|ingress\|internal\|loadbalancer\|nodeport\|of\|path\|tls\)\>\)\@!\h\k*\>\.\@!/ contained
hi def link todocTargetTier_expose_of todocType
syn region todocTargetTier_expose_block matchgroup=NONE start=/{/ end=/}/ contained contains=@todocExposure
syn region todocTargetTier_expose matchgroup=todocKeyword start=/\.\@1<!\<expose\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue,todocTargetTier_expose_of,todocTargetTier_expose_block
syn region todocTargetTier_memory matchgroup=todocKeyword start=/\.\@1<!\<memory\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn match todocTargetTier_patch_0 /\%(\.\@1<!\<patch\s\+\)\@<=\<\h\k*\>\.\@!/ contained
hi def link todocTargetTier_patch_0 todocType
syn region todocTargetTier_patch_raw matchgroup=NONE start=/{\%(\s*\%(#.*\)\?$\)\@=/ end=/^\ze\s*}/ contained contains=todocTargetTier_patch_comment
syn match todocTargetTier_patch_comment /\%({\s*\)\@<=#.*$/ contained
hi def link todocTargetTier_patch_comment todocComment
syn region todocTargetTier_patch matchgroup=todocKeyword start=/\.\@1<!\<patch\>/ matchgroup=NONE end=/}/ contained contains=@todocValue,todocTargetTier_patch_0,todocTargetTier_patch_raw
syn region todocTargetTier_replicas matchgroup=todocKeyword start=/\.\@1<!\<replicas\>/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn cluster todocTargetTier contains=todocComment,todocTargetTier_admit,todocTargetTier_allow,todocTargetTier_annotate,todocTargetTier_cpu,todocTargetTier_env,todocTargetTier_expose,todocTargetTier_memory,todocTargetTier_patch,todocTargetTier_replicas

" Routes
syn region todocKeyRoutesText matchgroup=todocString start=/"\%([^"\\]\|\\.\)*"/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue,todocRoute
syn match todocRoute /\.\@1<!\<\h\k*\>\.\@!/ contained
hi def link todocRoute todocClass
syn match todocRoutes_allow_0 /\%(\.\@1<!\<allow\s\+\)\@<=\<\h\k*\>\.\@!/ contained
hi def link todocRoutes_allow_0 todocEnumMember
syn region todocRoutes_allow matchgroup=todocKeyword start=/\.\@1<!\<allow\>\%(\s\+[^ \t={},#]\)\@=/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue,todocRoutes_allow_0
syn region todocRoutes_annotate matchgroup=todocKeyword start=/\.\@1<!\<annotate\>\%(\s\+[^ \t={},#]\)\@=/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn region todocRoutes_body matchgroup=todocKeyword start=/\.\@1<!\<body\>\%(\s\+[^ \t={},#]\)\@=/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn region todocRoutes_strip matchgroup=todocKeyword start=/\.\@1<!\<strip\>\%(\s\+[^ \t={},#]\)\@=/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn region todocRoutes_timeout matchgroup=todocKeyword start=/\.\@1<!\<timeout\>\%(\s\+[^ \t={},#]\)\@=/ matchgroup=NONE end=/$/ end=/[,}#]/me=s-1 contained contains=@todocValue
syn cluster todocRoutes contains=todocComment,todocKeyRoutesText,todocRoutes_allow,todocRoutes_annotate,todocRoutes_body,todocRoutes_strip,todocRoutes_timeout

syn cluster todocTop add=todocComment
hi def link todocKeyword Statement
hi def link todocEnumMember Constant
hi def link todocClass Type
hi def link todocVariable Identifier
hi def link todocProperty Special
hi def link todocFunction Function
hi def link todocMacro PreProc
hi def link todocType StorageClass
hi def link todocString String
hi def link todocNumber Number
hi def link todocComment Comment

let b:current_syntax = "todoc"
